/** Rows of what a node can do with one kind of record: create, read, list, change, delete. */
import type { IDataObject } from 'n8n-workflow';

import { byId } from './ask';
import { type Asked, type Kept, type OperationRow, pair } from './row';
import type { OperationsShop } from './shop';

export interface PlainKind {
  resource: string;
  /** Where the records stand in the shop; left out: a shelf that the resource is called after. */
  shelf?: string | ((shop: OperationsShop) => string);
  /** Parameter that names one; left out: as the resource. */
  which?: string;
  /** Parameters that say below what they stand. */
  where?: IDataObject | ((shop: OperationsShop) => IDataObject);
  /** Two new ones, field by field. */
  make: readonly [IDataObject, IDataObject];
  /** What the first and the second become. */
  change: readonly [IDataObject, IDataObject];
  idOf(output: IDataObject): unknown;
  /** What the shop keeps of fields; left out: the same. */
  kept?(fields: IDataObject): object;
  /** What an output shows of fields; left out: the same. */
  shows?(fields: IDataObject): object;
  /** The shop has some before any is made. */
  preview?: OperationRow['preview'];
  /** Which operations the node has. */
  operations?: ReadonlyArray<'create' | 'delete' | 'get' | 'getAll' | 'update'>;
}

const ALL = ['create', 'delete', 'get', 'getAll', 'update'] as const;

const same = (fields: IDataObject): object => fields;

/** @param made parameters that name the two that were made, before the operation is asked */
type Ask = (
  shop: OperationsShop,
  made: () => Promise<[Asked, Asked]>,
) => ReturnType<OperationRow['ask']>;

export function crudRows(kind: PlainKind): OperationRow[] {
  const { resource, which = resource, make, change, idOf, preview } = kind;
  const { kept = same, shows = same, operations = ALL } = kind;
  const shelf = (shop: OperationsShop): string =>
    typeof kind.shelf === 'function' ? kind.shelf(shop) : (kind.shelf ?? resource);
  const at = (shop: OperationsShop, id: unknown): unknown => shop.kept(shelf(shop), id);
  const whereIn = (shop: OperationsShop): IDataObject =>
    typeof kind.where === 'function' ? kind.where(shop) : (kind.where ?? {});
  const asked = (shop: OperationsShop) => {
    const parameters = whereIn(shop);
    return [
      { parameters, fields: make[0] },
      { parameters, fields: make[1] },
    ] satisfies [Asked, Asked];
  };
  const idIn = ({ parameters }: Asked): unknown => (parameters?.[which] as IDataObject)['value'];
  const made = async (shop: OperationsShop): Promise<[Asked, Asked]> => {
    const [one, other] = await shop.made(resource, asked(shop));
    const named = (output: IDataObject | undefined): Asked => ({
      parameters: { ...whereIn(shop), [which]: byId(idOf(output ?? {})) },
    });
    return [named(one), named(other)];
  };
  const row = (operation: string, ask: Ask, more: Partial<OperationRow> = {}): OperationRow => ({
    resource,
    operation,
    preview,
    ask: (shop) => ask(shop, async () => await made(shop)),
    ...more,
  });
  const rows: Record<(typeof ALL)[number], OperationRow> = {
    create: row('create', (shop) => asked(shop), {
      shows: (_, index) => shows(make[index] ?? {}),
      kept: (shop, { fields = {} }, output): Kept => ({
        is: at(shop, idOf(output)),
        expected: kept(fields),
      }),
    }),
    delete: row('delete', async (_, both) => await both(), {
      shows: () => ({ deleted: true }),
      kept: (shop, one) => ({ is: at(shop, idIn(one)), expected: undefined }),
      preview: undefined,
    }),
    get: row('get', async (_, both) => await both(), {
      shows: (_, index) => shows(make[index] ?? {}),
      tells: (one, output) => ({ is: String(idOf(output)), expected: idIn(one) }),
      counts: [1, 1],
    }),
    getAll: row(
      'getAll',
      async (shop, both) => {
        await both();
        const parameters = whereIn(shop);
        return pair([1, 2].map((limit) => ({ parameters: { ...parameters, limit } })));
      },
      { counts: [1, 2] },
    ),
    update: row(
      'update',
      async (_, both) => {
        const [one, other] = await both();
        return [
          { ...one, fields: change[0] },
          { ...other, fields: change[1] },
        ];
      },
      {
        kept: (shop, one) => {
          const index = one.fields === change[1] ? 1 : 0;
          // What is not named stays as it is.
          return { is: at(shop, idIn(one)), expected: kept({ ...make[index], ...change[index] }) };
        },
      },
    ),
  };
  return operations.map((operation) => rows[operation]);
}
