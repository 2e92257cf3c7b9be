import { flag, integer, memo, table, text } from '../columns';

/** Queries that are kept and executed by name. Source: Dataverse docs, webapi/retrieve-and-execute-predefined-queries. */

const columns = [
  text('name', 200, { schemaName: 'Name', label: 'Name', required: 'system' }),
  memo('description', 2000, { schemaName: 'Description', label: 'Description' }),
  memo('fetchxml', 1_073_741_823, { schemaName: 'FetchXml', label: 'FetchXml' }),
  memo('layoutxml', 1_073_741_823, { schemaName: 'LayoutXml', label: 'LayoutXml' }),
  text('returnedtypecode', 100, { schemaName: 'ReturnedTypeCode', required: 'system' }),
  integer('querytype', { schemaName: 'QueryType', label: 'Query Type', required: 'system' }),
];

/** Views of the system. */
export const savedquery = table({
  name: 'savedquery',
  schemaName: 'SavedQuery',
  label: 'View',
  entitySet: 'savedqueries',
  objectTypeCode: 1039,
  ownership: 'OrganizationOwned',
  changeTracking: false,
  columns: [...columns, flag('isdefault', false, { schemaName: 'IsDefault', label: 'Default' })],
});

/** Views of a user. */
export const userquery = table({
  name: 'userquery',
  schemaName: 'UserQuery',
  label: 'Saved View',
  entitySet: 'userqueries',
  objectTypeCode: 4230,
  changeTracking: false,
  columns,
});
