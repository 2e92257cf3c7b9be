import { validationError } from '../../errors';
import type { Outcome } from '../../outcome';
import { type AmountFound, type AmountWrite, wantedKey } from '../kit/amounts';
import { type StockContract, wholePieces } from '../kit/stock';
import type { Writes } from '../kit/writes';
import { CREDENTIAL_NAME } from './api';
import { type BulkRow, writeMany } from './bulk';
import type { Clarity } from './client';
import type { Inventory } from './wire';

/** One place where pieces of a SKU lie. */
export interface StockTarget {
  sku: string;
  /** Left out where the service tells of none. */
  warehouse?: string;
  /** The record of this stock. */
  inventoryId: string;
}

const keyOf = ({ sku, warehouse: place }: StockTarget): string => wantedKey({ sku, place });

type Found = Map<string, Outcome<AmountFound<StockTarget>>>;

const inMany = (sku: string) =>
  validationError(
    `${sku} lies in more than one warehouse`,
    'Say in the option Warehouse which of them the quantity is of, or in Warehouse Field which field of the item names it.',
  );

/**
 * The stock of a deployment. Its list is read once, what differs is written: in bulk where the profile has such a call, else
 * record by record. All quantities are absolute. What is wanted of a place is wanted of the warehouse of that name, what is
 * wanted of none, of the one that the SKU lies in.
 */
export function stockOf(client: Clarity): StockContract<StockTarget> {
  const { profile, inventory } = client;
  /** What was found, by its target: its own names are written. */
  const known = new Map<string, Inventory>();

  function targetOf(record: Inventory): StockTarget {
    const warehouse = record.warehouse?.trim() ?? '';
    return {
      sku: record.sku?.trim() ?? '',
      ...(warehouse !== '' && { warehouse }),
      inventoryId: inventory.idOf(record),
    };
  }

  return {
    keyOf,
    amounts: wholePieces('Clarity'),
    notFound: `Check the SKU and the warehouse, where one is named, and in API Profile of the credential ${CREDENTIAL_NAME} the fields of resources.inventory.`,
    whenTwo:
      'Say in the option Warehouse Field which field of the item names the warehouse, or add up the quantities before this step, so that each SKU comes once for each warehouse.',
    write: writesOf(client),
    find: async (_skus, wanted) => {
      const found: Found = new Map();
      const named = new Set(wanted.map(wantedKey));
      // A warehouse more may stand on the last page: the list is read to its end where any is wanted of none.
      const isOver = () => wanted.every((one) => one.place && found.has(wantedKey(one)));
      for await (const page of inventory.pages()) {
        for (const record of page) {
          const target = targetOf(record);
          const { sku, warehouse } = target;
          const names = new Set([wantedKey({ sku }), wantedKey({ sku, place: warehouse })]);
          for (const name of names) {
            if (!named.has(name)) continue;
            known.set(keyOf(target), record);
            found.set(
              name,
              found.has(name)
                ? { ok: false, error: inMany(sku) }
                : { ok: true, value: { target, before: record.quantity ?? undefined } },
            );
          }
        }
        if (isOver()) break;
      }
      return found;
    },
  };

  function writesOf({ inventory: records }: Clarity): Writes<AmountWrite<StockTarget>> {
    const { stock, success } = profile;
    const command = stock?.bulk;
    if (!stock || !command) {
      return {
        one: async ({ target, amount }) =>
          await records.update(target.inventoryId, { quantity: amount }, known.get(keyOf(target))),
      };
    }
    const how = { profile: stock, command, fields: profile.resources.inventory?.fields, success };
    return {
      most: stock.most,
      many: async (writes) => await writeMany(client, how, writes.map(rowOf)),
    };
  }

  function rowOf({ target, amount }: AmountWrite<StockTarget>): BulkRow {
    const { sku, warehouse: place } = target;
    const within = { ...(place !== undefined && { warehouse: place }) };
    return {
      body: inventory.asWritten({ sku, ...within, quantity: amount }, known.get(keyOf(target))),
      is: { sku },
      within,
      words: `stock level of ${sku}${place === undefined ? '' : ` in ${place}`}`,
    };
  }
}
