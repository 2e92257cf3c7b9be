/** A shop of the sandbox for operations to work in, and its doors: what it holds is read there, and not by the client. */
import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

import { doorsOf } from '../../../scripts/n8n/doors';
import type { ShopName } from '../../../scripts/n8n/sandbox-control';
import { type RunningSandbox, startSandbox } from '../../../sandbox/start';
import type { Asked } from './row';

/** What of a store's inside the tests look at. */
export interface Shelves {
  /** Makes ready what an order of the shop alone does not have, after each reset. */
  prepare?(sandbox: RunningSandbox): void;
  /** Every record that the shop keeps, by kind and id. */
  all(sandbox: RunningSandbox): Readonly<Record<string, ReadonlyMap<number | string, unknown>>>;
}

export interface OperationsShop {
  /** Ids of the orders that are there at the beginning; those of a shop are paid, those of Dynamics 365 open. */
  orders: readonly string[];
  sandbox: RunningSandbox;
  /** Places further ones, and gives their ids. */
  place(count: number, more?: object): Promise<string[]>;
  /** A door of the shop's staff, below `/<shop>`. */
  staff<T>(method: string, path: string, body?: object): Promise<T>;
  /** One record as the shop keeps it. */
  kept(kind: string, id: unknown): Record<string, unknown> | undefined;
  ids(kind: string): string[];
  /** Everything that the shop keeps. */
  state(): unknown;
  /** Makes records by the node itself, which are there before the operation is asked; gives what it puts out. */
  made(
    resource: string,
    asked: Asked[],
    operation?: string,
    binary?: IBinaryKeyData,
  ): Promise<IDataObject[]>;
}

/** How the runner reaches a shop. */
export interface ShopRig {
  sandbox: RunningSandbox;
  fresh(made: OperationsShop['made']): Promise<OperationsShop>;
}

/** Orders that are there before an operation is asked. */
const ORDERS = 3;

const isNothing = (value: unknown): boolean =>
  value instanceof Map
    ? [...value.values()].every(isNothing)
    : value instanceof Set && value.size === 0;

/** Maps and sets as what JSON has; a shelf on which nothing stands is none. */
function plain(value: unknown): unknown {
  if (value instanceof Map) {
    const filled = [...value].filter(([, each]) => !isNothing(each));
    return Object.fromEntries(filled.map(([key, each]) => [String(key), plain(each)]));
  }
  if (value instanceof Set) return [...value].map(plain);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}

export async function startShop(
  service: ShopName,
  { prepare, all }: Shelves,
  switches: object = {},
): Promise<ShopRig> {
  const sandbox = await startSandbox();
  const control = doorsOf(sandbox.control.url);

  const place = async (count: number, more: object = {}): Promise<string[]> => {
    const wish = { count, lines: 2, notify: false, state: 'paid', ...more };
    const placed = await control<Array<{ id: string }>>('POST', `/${service}/orders`, wish);
    return placed.map(({ id }) => id);
  };

  const shelf = (kind: string): ReadonlyMap<number | string, unknown> => {
    const found = all(sandbox)[kind];
    if (!found) throw new Error(`The shop keeps no ${kind}`);
    return found;
  };

  return {
    sandbox,
    fresh: async (made) => {
      sandbox.reset(service);
      await control('PUT', `/${service}/switches`, switches);
      const orders = await place(ORDERS);
      prepare?.(sandbox);
      return {
        orders,
        sandbox,
        place,
        staff: async (method, path, body) => await control(method, `/${service}/${path}`, body),
        kept: (kind, id) => {
          const record = shelf(kind).get(String(id)) ?? shelf(kind).get(Number(id));
          return plain(record) as Record<string, unknown> | undefined;
        },
        ids: (kind) => [...shelf(kind).keys()].map(String),
        state: () => plain(new Map(Object.entries(all(sandbox)))),
        made,
      };
    },
  };
}
