import type { Table } from './model';

/**
 * What Dataverse search knows of each table that it searches in a new environment: the columns of its Quick Find view.
 * Those of account are documented (search/statistics-status); which tables a new environment searches, and the columns of
 * the others, are inferred. Other tables are searched once `SyncToExternalSearchIndex` of their definition is true.
 */
const QUICK_FIND: Readonly<Record<string, readonly string[]>> = {
  account: [
    'name',
    'accountnumber',
    'emailaddress1',
    'telephone1',
    'telephone2',
    'address1_city',
    'primarycontactid',
    'ownerid',
    'createdon',
    'modifiedon',
    'statecode',
    'statuscode',
  ],
  contact: [
    'fullname',
    'firstname',
    'lastname',
    'emailaddress1',
    'telephone1',
    'address1_city',
    'address1_telephone1',
    'parentcustomerid',
    'ownerid',
    'createdon',
    'modifiedon',
    'statecode',
    'statuscode',
  ],
  opportunity: ['name', 'ownerid', 'createdon', 'modifiedon', 'statecode', 'statuscode'],
};

export const isSearched = ({ name, schema }: Table): boolean =>
  schema.searched ?? Object.hasOwn(QUICK_FIND, name);

/** Columns that a search reads, and shows, of a table that it is not told more of. */
export function quickFindColumns({ name, schema, columns }: Table): string[] {
  const listed = Object.hasOwn(QUICK_FIND, name) ? QUICK_FIND[name] : undefined;
  return (listed ?? [schema.primaryName, 'createdon', 'modifiedon']).filter((column) =>
    columns.has(column),
  );
}
