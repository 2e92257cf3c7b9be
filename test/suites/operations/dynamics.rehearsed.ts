/** What the environment has, as a dry run of the node tells it: lookups by their navigation property, with set and id. */
import type { Rehearsable } from './describeOperations';
import type { Tables } from './planned';
import type { ShopRig } from './shop';

/** Lookups that may point to several tables have a navigation property for each. */
const POLYMORPHIC: ReadonlySet<string> = new Set(['customerid', 'parentcustomerid', 'ownerid']);

/** The name of a file stands beside its ID, and is what people know it by. */
const FILE_NAME = /_scan_name$/;

const LOOKUP = /^_(\w+)_value$/;

function toldRow(row: object, setOf: ReadonlyMap<string, string>): object {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]): [string, unknown][] => {
      if (name.startsWith('@') || FILE_NAME.test(name)) return [];
      if (`${name}_name` in row) return [[name, Reflect.get(row, `${name}_name`)]];
      const lookup = LOOKUP.exec(name)?.[1];
      if (lookup === undefined || typeof value !== 'string') return [[lookup ?? name, value]];
      const table = setOf.get(value);
      const navigation = POLYMORPHIC.has(lookup) ? `${lookup}_${table?.slice(0, -1)}` : lookup;
      return [[navigation, { table, id: value }]];
    }),
  );
}

function tables({ sandbox }: ShopRig): Tables {
  const { dataverse } = sandbox.services;
  const all = dataverse
    .entitySets()
    .map((set) => [set, dataverse.rowsById(set) ?? new Map<string, object>()] as const);
  const setOf = new Map(
    all.flatMap(([set, rows]) => [...rows.keys()].map((id) => [id, set] as const)),
  );
  return Object.fromEntries(
    all.map(([set, rows]) => [
      set,
      new Map([...rows].map(([id, row]) => [id, toldRow(row, setOf)])),
    ]),
  );
}

export const REHEARSED: Rehearsable = {
  tables,
  refusesAlike: true,
  // An order that nothing names has another key each time.
  nowhere: /^msdyn_purchaseorder$/,
  signIn: /\$batch|token/,
  // Times, versions, the closing that an action records, and the place where a file is kept.
  byItself:
    /\.(modifiedon|modifiedby|versionnumber|exchangerate|closedon|fullname|\w+_base)\b|^(orderclose|quoteclose|fileattachment)s\./,
};
