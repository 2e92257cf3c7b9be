/** Rows of what every table of Dynamics 365 can do, whether it has a resource of its own or is chosen. */
import { isEqual } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { seedGuid } from '../../../sandbox/dataverse/catalogue';
import { byId } from './ask';
import { NOWHERE } from './dynamics.shop';
import { type Asked, type OperationRow, pair } from './row';
import type { OperationsShop } from './shop';

/** A lookup of the rows, and what it can point to. */
export interface Relates {
  navigation: string;
  column: string;
  ids: readonly [string, string];
}

export interface TableKind {
  /** Value of the resource. */
  resource: string;
  /** What messages call one row. */
  noun: string;
  /** What they call the table. */
  table: string;
  /** Where the rows stand in the environment. */
  set: string;
  primaryId: string;
  /** Two new rows, in columns as a person writes them. */
  make: readonly [IDataObject, IDataObject];
  /** What the first and the second become. */
  change: readonly [IDataObject, IDataObject];
  /** What the environment keeps of columns; left out: the same. */
  kept?(columns: IDataObject): object;
  /** Parameters that choose the table, where the resource has none of its own. */
  where?: IDataObject;
  /** What rows are associated with; left out: with a currency, which every table with amounts of money has. */
  relates?: Relates;
  /** Operations that the resource has in its own way, which have rows elsewhere. */
  except?: readonly string[];
  preview?: 'none';
}

const same = (columns: IDataObject): object => columns;

const FROM_ITEM: IDataObject = {
  columnsSource: 'field',
  columnsField: 'record',
  options: { convert: 'always' },
};

const recordIn = ({ json }: Asked): IDataObject => (json?.record ?? {}) as IDataObject;

const idIn = ({ parameters }: Asked): unknown => (parameters?.row as IDataObject).value;

export function tableRows(kind: TableKind): OperationRow[] {
  const { resource, noun, table, set, primaryId, make, change, where, preview } = kind;
  const { kept = same, except = [] } = kind;

  const written = (columns: IDataObject): Asked => ({
    parameters: { ...where, ...FROM_ITEM },
    json: { record: columns },
  });
  const chosen = (id: unknown): Asked => ({ parameters: { ...where, row: byId(id) } });

  /** Two rows that are there, and their ids. */
  const made = async (shop: OperationsShop): Promise<[unknown, unknown]> => {
    const outputs = await shop.made(resource, make.map(written));
    return pair(outputs.map(({ id }) => id));
  };

  const keptAt = (shop: OperationsShop, id: unknown, columns: IDataObject) => ({
    is: shop.kept(set, id),
    expected: kept(columns),
  });

  /** What was made first and then changed by what was asked. */
  const became = (columns: IDataObject): IDataObject => {
    const index = change.findIndex((one) => isEqual(one, columns));
    return { ...make[index === 1 ? 1 : 0], ...columns };
  };

  const rows: OperationRow[] = [
    {
      resource,
      operation: 'create',
      ask: () => [written(make[0]), written(make[1])],
      bad: written({ nosuchcolumn: 1 }),
      says: new RegExp(`^The row does not fit ${table}: nosuchcolumn is not a column of ${table}`),
      fails: 'validation',
      shows: () => ({ outcome: 'created' }),
      kept: (shop, asked, { id }) => keptAt(shop, id, recordIn(asked)),
    },
    {
      resource,
      operation: 'upsert',
      ask: async (shop) => {
        const [first] = await shop.made(resource, [written(make[0])]);
        return [
          written({ ...change[0], [primaryId]: first?.id }),
          written({ ...make[1], [primaryId]: NOWHERE }),
        ];
      },
      bad: written(make[0]),
      says: new RegExp(`^No ${noun} is chosen, and the columns have no "${primaryId}"$`),
      fails: 'validation',
      shows: (_, index) => ({ outcome: index === 0 ? 'updated' : 'created' }),
      kept: (shop, asked, { id }) => {
        const { [primaryId]: key, ...columns } = recordIn(asked);
        return keptAt(shop, id, key === NOWHERE ? columns : became(columns));
      },
    },
    {
      resource,
      operation: 'update',
      ask: async (shop) => {
        const [one, other] = await made(shop);
        return [
          { ...written(change[0]), parameters: { ...written({}).parameters, row: byId(one) } },
          { ...written(change[1]), parameters: { ...written({}).parameters, row: byId(other) } },
        ];
      },
      bad: { parameters: { ...where, ...FROM_ITEM, row: byId(NOWHERE) } },
      says: /^The row does not exist/,
      fails: 'not-found',
      shows: (asked) => ({ id: idIn(asked), outcome: 'updated' }),
      kept: (shop, asked) => keptAt(shop, idIn(asked), became(recordIn(asked))),
    },
    {
      resource,
      operation: 'delete',
      ask: async (shop) => pair((await made(shop)).map(chosen)),
      bad: chosen(NOWHERE),
      says: /^The row does not exist/,
      fails: 'not-found',
      shows: () => ({ deleted: true }),
      kept: (shop, asked) => ({ is: shop.kept(set, idIn(asked)), expected: undefined }),
    },
    {
      resource,
      operation: 'get',
      ask: async (shop) => pair((await made(shop)).map(chosen)),
      bad: chosen(NOWHERE),
      says: /^The row does not exist/,
      fails: 'not-found',
      shows: (asked, index) => ({ [primaryId]: idIn(asked), ...kept(make[index] ?? {}) }),
      counts: [1, 1],
      preview,
    },
    {
      resource,
      operation: 'getAll',
      ask: async (shop) => {
        await made(shop);
        return pair([1, 2].map((limit): Asked => ({ parameters: { ...where, limit } })));
      },
      bad: { parameters: { ...where, limit: 0 } },
      says: /^Limit takes/,
      fails: 'validation',
      counts: [1, 2],
      preview,
    },
  ];
  const counted = (column: string, value: unknown): Asked => ({
    parameters: {
      ...where,
      conditions: { condition: [{ column, operator: 'eq', value: String(value) }] },
    },
  });
  rows.push({
    resource,
    operation: 'count',
    ask: async (shop) => {
      const [one] = await made(shop);
      return [counted(primaryId, one), counted(primaryId, NOWHERE)];
    },
    bad: counted('nosuchcolumn', '1'),
    says: /^There is no column "nosuchcolumn" to compare/,
    fails: 'validation',
    shows: (_, index) => ({ count: index === 0 ? 1 : 0 }),
    counts: [1, 1],
  });
  return [...rows, ...linkRows(kind, made)].filter(({ operation }) => !except.includes(operation));
}

const CURRENCY: Relates = {
  navigation: 'transactioncurrencyid',
  column: '_transactioncurrencyid_value',
  ids: [seedGuid('currency', 'EUR'), seedGuid('currency', 'GBP')],
};

/** Two rows that get what they are related to, and lose it again. */
function linkRows(
  { resource, set, where, relates = CURRENCY }: TableKind,
  made: (shop: OperationsShop) => Promise<[unknown, unknown]>,
): OperationRow[] {
  const linked = (id: unknown, other?: string): Asked => ({
    parameters: {
      ...where,
      row: byId(id),
      relationship: relates.navigation,
      ...(other !== undefined && { related: byId(other) }),
    },
  });
  const nowhere = linked(NOWHERE, relates.ids[0]);
  const pointed = (shop: OperationsShop, asked: Asked) => ({
    [relates.column]: shop.kept(set, idIn(asked))?.[relates.column],
  });
  return [
    {
      resource,
      operation: 'associate',
      ask: async (shop) => {
        const [one, other] = await made(shop);
        return [linked(one, relates.ids[0]), linked(other, relates.ids[1])];
      },
      bad: nowhere,
      says: /^The row does not exist/,
      fails: 'not-found',
      shows: () => ({ outcome: 'associated' }),
      kept: (shop, asked) => ({
        is: pointed(shop, asked),
        expected: { [relates.column]: (asked.parameters?.related as IDataObject).value },
      }),
    },
    {
      resource,
      operation: 'disassociate',
      ask: async (shop) => {
        const [one, other] = await made(shop);
        await shop.made(resource, [linked(one, relates.ids[0])], 'associate');
        await shop.made(resource, [linked(other, relates.ids[1])], 'associate');
        return [linked(one, relates.ids[0]), linked(other, relates.ids[1])];
      },
      bad: nowhere,
      says: /^The row does not exist/,
      fails: 'not-found',
      shows: () => ({ outcome: 'disassociated' }),
      kept: (shop, asked) => ({
        is: pointed(shop, asked),
        expected: { [relates.column]: null },
      }),
    },
  ];
}
