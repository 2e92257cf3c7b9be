import { validationError } from '../../errors';
import type { Outcome } from '../../outcome';
import type { AmountFound, AmountWrite } from '../kit/amounts';
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

export interface StockOptions {
  /** The warehouse that is written to; left out: the one that the SKU lies in. */
  warehouse?: string;
}

type Found = Map<string, Outcome<AmountFound<StockTarget>>>;

const inMany = (sku: string) =>
  validationError(
    `${sku} lies in more than one warehouse`,
    'Say in the field Warehouse which of them the quantity is of.',
  );

/**
 * The stock of a deployment. Its list is read once, what differs is written: in bulk where the profile has such a call, else
 * record by record. All quantities are absolute.
 */
export function stockOf(
  client: Clarity,
  { warehouse = '' }: StockOptions = {},
): StockContract<StockTarget> {
  const { profile, inventory } = client;
  const wanted = warehouse.trim();
  /** What was found, by SKU: its own names are written. */
  const known = new Map<string, Inventory>();

  function targetOf(record: Inventory): StockTarget {
    const place = record.warehouse?.trim() ?? '';
    return {
      sku: record.sku?.trim() ?? '',
      ...(place !== '' && { warehouse: place }),
      inventoryId: inventory.idOf(record),
    };
  }

  return {
    keyOf: ({ sku, warehouse: place = '' }) => `${sku}\n${place}`,
    amounts: wholePieces('Clarity'),
    notFound: `Check the SKU${wanted === '' ? '' : ' and the Warehouse'}, and in API Profile of the credential ${CREDENTIAL_NAME} the fields of resources.inventory.`,
    write: writesOf(client),
    find: async (skus) => {
      const found: Found = new Map();
      // A warehouse more may stand on the last page: the list is read to its end where none is named.
      for await (const page of inventory.pages()) {
        for (const record of page) {
          const target = targetOf(record);
          const isWanted = wanted === '' || wanted === target.warehouse;
          if (!skus.has(target.sku) || !isWanted) continue;
          const value = { target, before: record.quantity ?? undefined };
          known.set(target.sku, record);
          found.set(
            target.sku,
            found.has(target.sku) ? { ok: false, error: inMany(target.sku) } : { ok: true, value },
          );
        }
        if (wanted !== '' && found.size === skus.size) break;
      }
      return found;
    },
  };

  function writesOf({ inventory: records }: Clarity): Writes<AmountWrite<StockTarget>> {
    const { stock, success } = profile;
    const command = stock?.bulk;
    if (!stock || !command) {
      return {
        one: async ({ target: { inventoryId, sku }, amount }) =>
          await records.update(inventoryId, { quantity: amount }, known.get(sku)),
      };
    }
    const how = { profile: stock, command, fields: profile.resources.inventory?.fields, success };
    return {
      most: stock.most,
      many: async (writes) => await writeMany(client, how, writes.map(rowOf)),
    };
  }

  function rowOf({ target: { sku, warehouse: place }, amount }: AmountWrite<StockTarget>): BulkRow {
    const within = { ...(place !== undefined && { warehouse: place }) };
    return {
      body: inventory.asWritten({ sku, ...within, quantity: amount }, known.get(sku)),
      is: { sku },
      within,
      words: `stock level of ${sku}${place === undefined ? '' : ` in ${place}`}`,
    };
  }
}
