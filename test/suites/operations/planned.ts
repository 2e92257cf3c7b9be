/** Whether what a dry run says is what then becomes of a service: record by record, and column by column. */
import { get, isEqual, isPlainObject } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import type { PlannedWrite } from '../../../core/dryRun';

type Rows = ReadonlyMap<string, unknown>;

/** What a service has, as it tells it: by the tables of plans and by ids. */
export type Tables = Readonly<Record<string, Rows>>;

export const writesIn = ({ dryRun }: IDataObject): PlannedWrite[] =>
  ((dryRun ?? {}) as unknown as { writes?: PlannedWrite[] }).writes ?? [];

/** A moment that nobody named is that of the run. */
const isNow = (told: unknown, planned: unknown): boolean =>
  [told, planned].every((value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) &&
  Math.abs(Date.parse(String(told)) - Date.parse(String(planned))) < 60_000;

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Whether a service tells what was planned; of an entry of a list it may tell more. */
function isTold(told: unknown, planned: unknown): boolean {
  if (isBlank(told) && isBlank(planned)) return true;
  if (Array.isArray(planned)) {
    const rows: unknown[] = Array.isArray(told) ? told : [];
    return rows.length === planned.length && planned.every((each, at) => isTold(rows[at], each));
  }
  if (isPlainObject(planned)) {
    return Object.entries(planned as object).every(([key, value]) => isTold(get(told, key), value));
  }
  if (isNow(told, planned)) return true;
  return (
    isEqual(told, planned) || String(told) === String(planned) || Number(told) === Number(planned)
  );
}

/** A service that reads names in any letters writes them in its own. */
const inAnyLetters = (record: unknown, column: string): unknown =>
  Object.entries((record ?? {}) as object).find(
    ([name]) => name.toLowerCase() === column.toLowerCase(),
  )?.[1];

/** `translations[en].name` leads into the entry whose code it is. */
function valueAt(record: unknown, column: string): unknown {
  const [, list, key, rest] = /^(\w+)\[(\w+)\]\.(.+)$/.exec(column) ?? [];
  if (list === undefined || rest === undefined)
    return get(record, column) ?? inAnyLetters(record, column);
  const entries = (get(record, list) ?? []) as object[];
  return valueAt(
    entries.find((entry) => Object.values(entry).includes(key)),
    rest,
  );
}

function leavesOf(record: unknown, at = ''): Array<[string, unknown]> {
  if (!isPlainObject(record)) return [[at, record]];
  return Object.entries(record as object).flatMap(([name, value]) =>
    leavesOf(value, at === '' ? name : `${at}.${name}`),
  );
}

/** Whether a column is another one, or a part of it. */
const isWithin = (column: string, other: string): boolean =>
  `${column}.`.toLowerCase().startsWith(`${other}.`.toLowerCase());

const changedIn = (before: unknown, after: unknown): string[] => {
  const [was, is] = [new Map(leavesOf(before)), new Map(leavesOf(after))];
  return [...new Set([...was.keys(), ...is.keys()])].filter(
    (column) => !isEqual(was.get(column), is.get(column)),
  );
};

export interface Expected {
  before: Tables;
  after: Tables;
  plan: readonly PlannedWrite[];
  /** Columns, each behind its table, that the service itself writes. */
  byItself: RegExp;
  /** Those that change with what is written here. */
  follows?: RegExp;
  /** Columns of a plan that the service tells nowhere. */
  nowhere?: RegExp;
}

const ids = (rows: Rows = new Map()): string[] => [...rows.keys()];

/** What of a plan did not come about, and what came about without one. Empty: it is as was said. */
export function deviations({
  before,
  after,
  plan,
  byItself,
  follows = /^$/,
  nowhere = /^$/,
}: Expected): string[] {
  const isOwn = (place: string): boolean => byItself.test(place) || follows.test(place);
  const found: string[] = [];
  const touched = new Set<string>();
  const planned = new Map<string, Set<string>>();
  for (const { action, table, id, columns = [] } of plan) {
    const was = before[table];
    const is = after[table];
    const name = `${table} ${id ?? '(new)'}`;
    if (action === 'create') {
      const fresh = ids(is).filter((each) => !was?.has(each) && !touched.has(`${table} ${each}`));
      const fits = fresh.find((each) =>
        columns.every(
          ({ column, after: value }) =>
            nowhere.test(column) || isTold(valueAt(is?.get(each), column), value),
        ),
      );
      if (fits === undefined)
        found.push(
          `${name} was not made as was said: ${JSON.stringify(columns)}; made were ${JSON.stringify(fresh.map((each) => is?.get(each)))}`,
        );
      else touched.add(`${table} ${fits}`);
      continue;
    }
    if (id === undefined) {
      // What is called by itself is about no record that could be told.
      if (action !== 'call') found.push(`${name}: ${action} without an id`);
      continue;
    }
    touched.add(name);
    if (action === 'delete') {
      if (!was?.has(id) || is?.has(id)) found.push(`${name} was not deleted`);
      continue;
    }
    const own = planned.get(name) ?? new Set<string>();
    planned.set(name, own);
    for (const { column, before: from, after: to } of columns) {
      own.add(column);
      if (nowhere.test(column)) continue;
      if (!isTold(valueAt(was?.get(id), column), from))
        found.push(
          `${name} had another ${column} than ${JSON.stringify(from)}: ${JSON.stringify(valueAt(was?.get(id), column))}`,
        );
      if (!isTold(valueAt(is?.get(id), column), to))
        found.push(
          `${name} has another ${column} than ${JSON.stringify(to)}: ${JSON.stringify(valueAt(is?.get(id), column))}`,
        );
    }
  }
  for (const table of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[table] ?? new Map(), after[table] ?? new Map()];
    for (const id of new Set([...ids(was), ...ids(is)])) {
      const name = `${table} ${id}`;
      if (was.has(id) !== is.has(id)) {
        const isPart = [...touched].some((each) => table.startsWith(`${each.replace(' ', '/')}/`));
        if (!touched.has(name) && !isPart && !isOwn(`${table}.`))
          found.push(`${name} came or went unsaid`);
        continue;
      }
      const own = [...(planned.get(name) ?? [])].map((column) => column.replace(/\[.*/, ''));
      for (const column of changedIn(was.get(id), is.get(id))) {
        const isSaid = own.some((each) => isWithin(column, each) || isWithin(each, column));
        if (!isSaid && !isOwn(`${table}.${column}`))
          found.push(`${name}: ${column} changed unsaid`);
      }
    }
  }
  return found;
}
