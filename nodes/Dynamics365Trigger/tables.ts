import type { DataverseTable } from '../../core/dynamics/dataverse/types';
import { PRICE_LIST_ITEM } from '../Dynamics365/businessSubjects';
import { ACCOUNT, CONTACT, INVOICE, PRODUCT, QUOTE, SALES_ORDER } from '../Dynamics365/subjects';
import type { Subject } from '../shared/table/service';
import { titled } from '../shared/trigger/words';

/** Tables that are followed without looking for them, by their names in the list *Trigger On*. */
const SUBJECTS: ReadonlyArray<Subject<DataverseTable>> = [
  ACCOUNT,
  CONTACT,
  INVOICE,
  PRICE_LIST_ITEM,
  PRODUCT,
  QUOTE,
  SALES_ORDER,
];

/** Value of *Trigger On* where the table is chosen in *Table*. */
export const ANY_TABLE = 'table';

export const TRIGGER_ON_DEFAULT = 'salesorder';

const KNOWN = new Map(
  SUBJECTS.flatMap(({ table, plural }) => (table ? [[table.logicalName, { table, plural }]] : [])),
);

export const knownTable = (name: string): DataverseTable | undefined => KNOWN.get(name)?.table;

/** What people call the rows of a table. */
export const rowsOf = ({ logicalName, displayName }: DataverseTable): string =>
  KNOWN.get(logicalName)?.plural ?? `rows of ${displayName}`;

export const oneRowOf = ({ logicalName, displayName }: DataverseTable): string =>
  SUBJECTS.find(({ table }) => table?.logicalName === logicalName)?.noun ?? `row of ${displayName}`;

/** The list *Trigger On*. */
export const TABLE_CHOICES = [
  ...SUBJECTS.flatMap(({ table, plural }) =>
    table ? [{ name: titled(plural), value: table.logicalName }] : [],
  ),
  { name: 'Table of Your Choice', value: ANY_TABLE },
].sort((one, other) => one.name.localeCompare(other.name));
