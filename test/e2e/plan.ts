import { isEqual } from 'lodash';

import type { Row } from '../../scripts/n8n/sandbox-control';

/** Holds what a dry run has said against what the rows of Dynamics 365 were before and are afterwards. */

export interface Planned {
  action: string;
  table: string;
  id?: string;
  columns?: Array<{ column: string; before: unknown; after: unknown }>;
}

export type Rows = Record<string, Row[]>;

const KEYS: Record<string, string> = {
  salesorders: 'salesorderid',
  salesorderdetails: 'salesorderdetailid',
  contacts: 'contactid',
  accounts: 'accountid',
};

export const SETS = Object.keys(KEYS);

/** What Dynamics 365 works out by itself whenever a row is written. */
const WORKED_OUT =
  /^(?:modifiedon|versionnumber|createdon|@odata\.etag|_modifiedby_value|_createdby_value|total\w*|\w+_base|baseamount|extendedamount|pricelocked\w*|statecode|statuscode)$/;

/** A lookup as the row holds it: the navigation property may name the table that it leads to. */
const lookupNames = (column: string): string[] => {
  const name = column.toLowerCase();
  return [name, name.replace(/_(?:account|contact|salesorder)$/, '')].map((one) => `_${one}_value`);
};

const isPointer = (value: unknown): value is { id: string } =>
  typeof value === 'object' && value !== null && 'id' in value;

function comparable(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null;
  if (isPointer(value)) return value.id.toLowerCase();
  if (typeof value === 'number') return Number(value.toFixed(4));
  const text = String(value);
  return /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : value;
}

/** The column of a row that a planned one is. */
function nameIn(row: Row, { column }: { column: string }): string {
  if (column in row) return column;
  return lookupNames(column).find((name) => name in row) ?? column;
}

/** What of a row is another than it was, without what is worked out. */
function changedColumns(before: Row, after: Row): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter(
    (name) =>
      !WORKED_OUT.test(name) &&
      !name.includes('@') &&
      !isEqual(comparable(before[name]), comparable(after[name])),
  );
}

const byId = (set: string, rows: readonly Row[] = []): Map<string, Row> =>
  new Map(rows.map((row) => [String(row[KEYS[set] ?? '']).toLowerCase(), row]));

/** In how far a row is not what was said of it. */
function differences(row: Row, planned: Planned, when: 'before' | 'after'): string[] {
  return (planned.columns ?? []).flatMap((change) => {
    const name = nameIn(row, change);
    return isEqual(comparable(row[name]), comparable(change[when]))
      ? []
      : [
          `${planned.table} ${change.column}: said ${JSON.stringify(change[when])}, is ${JSON.stringify(row[name])} ${when}`,
        ];
  });
}

/** Finds the row that came of a planned one: by its key, or by what was said of it where the key was not known. */
function takeMade(made: Map<string, Row>, planned: Planned): Row | undefined {
  const id = planned.id?.toLowerCase() ?? '';
  const found: [string, Row] | undefined = made.has(id)
    ? [id, made.get(id) as Row]
    : [...made].find(([, row]) => differences(row, planned, 'after').length === 0);
  if (found) made.delete(found[0]);
  return found?.[1];
}

/**
 * All in which what was said and what was written are not the same, as sentences; none: they are.
 *
 * @param whatever happened between the two, as counts by table and action, for those who want to see that it was much
 */
export function comparePlan(
  plan: readonly Planned[],
  { before, after }: { before: Rows; after: Rows },
): { wrong: string[]; counts: Record<string, number> } {
  const wrong: string[] = [];
  const counts: Record<string, number> = {};
  const count = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1);
  for (const set of SETS) {
    const [old, now] = [byId(set, before[set]), byId(set, after[set])];
    const made = new Map([...now].filter(([id]) => !old.has(id)));
    for (const planned of plan.filter(
      ({ table, action }) => table === set && action === 'create',
    )) {
      const row = takeMade(made, planned);
      count(`create ${set}`);
      if (row) wrong.push(...differences(row, planned, 'after'));
      else wrong.push(`${set} ${planned.id ?? ''}: was said to be made, and is not there`);
    }
    for (const id of made.keys()) wrong.push(`${set} ${id}: was made, and nobody had said so`);

    const updates = plan.filter(({ table, action }) => table === set && action === 'update');
    const said = new Map<string, Set<string>>();
    for (const planned of updates) {
      const id = planned.id?.toLowerCase() ?? '';
      const [was, is] = [old.get(id), now.get(id)];
      count(`update ${set}`);
      if (!was || !is) {
        wrong.push(`${set} ${id}: was said to be changed, and is not there`);
        continue;
      }
      wrong.push(...differences(was, planned, 'before'), ...differences(is, planned, 'after'));
      const names = (planned.columns ?? []).map((change) => nameIn(is, change));
      said.set(id, new Set([...(said.get(id) ?? []), ...names]));
    }
    for (const planned of plan.filter(
      ({ table, action }) => table === set && action === 'delete',
    )) {
      count(`delete ${set}`);
      if (now.has(planned.id?.toLowerCase() ?? ''))
        wrong.push(`${set} ${planned.id}: is still there`);
    }
    for (const [id, was] of old) {
      const is = now.get(id);
      const isGone = plan.some(
        (one) => one.table === set && one.action === 'delete' && one.id?.toLowerCase() === id,
      );
      if (!is && !isGone) wrong.push(`${set} ${id}: was deleted, and nobody had said so`);
      for (const column of is ? changedColumns(was, is) : []) {
        if (!said.get(id)?.has(column)) {
          wrong.push(
            `${set} ${id} ${column}: became ${JSON.stringify(is?.[column])}, and nobody had said so`,
          );
        }
      }
    }
    for (const { id = '' } of plan.filter(
      (one) => one.table === set && one.action === 'unchanged',
    )) {
      count(`unchanged ${set}`);
      if (!old.has(id.toLowerCase()) && !now.has(id.toLowerCase()))
        wrong.push(`${set} ${id}: is nowhere`);
    }
  }
  return { wrong, counts };
}
