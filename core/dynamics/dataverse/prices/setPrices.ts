import { v5 as uuidV5 } from 'uuid';

import { IDENTITY_NAMESPACE } from '../../../commerce/identity';
import { ServiceError, toServiceError, validationError } from '../../../errors';
import { listIn } from '../../../odata/listIn';
import { noteUnchanged } from '../../../odata/rehearsal/unchanged';
import type { Row } from '../../../odata/types';
import type { Outcome } from '../../../outcome';
import { guidIn } from '../../../values';
import type { RowResult } from '../../tables';
import { type RowWrite, type WriteOptions, writeRows } from '../rows/writeRows';
import { lookUpSalesNames, type SalesNames } from '../sales/lookups';
import type { Dataverse } from '../types';

/** The price of a product in a price list, by what people call them. */
export interface PriceWish {
  /** Product number (SKU). */
  sku: string;
  /** Name or ID of the price list. */
  priceList: string;
  /** ISO code; needed where several price lists have the name. The price is in the currency of the list in any case. */
  currency?: string;
  /** Name of the unit; left out: the default unit of the product. */
  unit?: string;
  amount: number;
}

export interface PriceResult {
  id: string;
  outcome: RowResult['outcome'];
  amount: number;
  /** The price before, where there was one. */
  before?: number | null;
}

/** Amount of the product in its unit, and no part of another price (productpricelevel, pricingmethodcode). */
const CURRENCY_AMOUNT = 1;

const SET = 'productpricelevels';
const ID = 'productpricelevelid';

interface Place {
  productId: string;
  priceListId: string;
  unitId: string;
}

function productOf({ sku }: PriceWish, names: SalesNames) {
  const product = names.product(sku);
  if (product) return product;
  throw validationError(
    `Product "${sku}" is not in Dynamics 365`,
    `Create a product whose product number (productnumber) is "${sku}", or correct the SKU.`,
  );
}

function priceListOf({ priceList, currency }: PriceWish, names: SalesNames): string {
  const given = guidIn(priceList);
  if (given !== undefined) return given;
  const currencyId = currency === undefined ? undefined : names.currencyId(currency);
  if (currency !== undefined && currencyId === undefined) {
    throw validationError(
      `Currency "${currency}" is not in Dynamics 365`,
      `Add a currency with the code ${currency} in the environment's settings, or correct Currency.`,
    );
  }
  const id = names.priceListId(priceList, currencyId);
  if (id !== undefined) return id;
  throw validationError(
    `Price list "${priceList}"${currency ? ` in ${currency}` : ''} is not in Dynamics 365, or its name stands for several`,
    'Correct Price List, set Currency where lists of the same name have different ones, or give the ID of the list.',
  );
}

function placeOf(wish: PriceWish, names: SalesNames): Place {
  const { id, unitId, unitGroupId } = productOf(wish, names);
  const priceListId = priceListOf(wish, names);
  const unit = wish.unit === undefined ? unitId : names.unitId(wish.unit, unitGroupId);
  if (unit !== undefined) return { productId: id, priceListId, unitId: unit };
  throw wish.unit === undefined
    ? validationError(
        `Product "${wish.sku}" has no default unit in Dynamics 365`,
        'Set Default Unit on the product, or set Unit.',
      )
    : validationError(
        `Unit "${wish.unit}" is not a unit of product "${wish.sku}"`,
        `Add "${wish.unit}" to the product's unit group, or correct Unit.`,
      );
}

const keyOf = ({ productId, priceListId, unitId }: Place): string =>
  [priceListId, productId, unitId].join(':').toLowerCase();

const keyOfRow = (row: Row): string =>
  [row['_pricelevelid_value'], row['_productid_value'], row['_uomid_value']]
    .join(':')
    .toLowerCase();

/** Always the same for the same place, so that a price whose answer was lost is not made a second time. */
const newId = (place: Place): string => uuidV5(`price:${keyOf(place)}`, IDENTITY_NAMESPACE);

async function existing(client: Dataverse, places: Place[]): Promise<Map<string, Row>> {
  const [rows = []] = await listIn(client, [
    {
      set: SET,
      column: 'productid',
      values: [...new Set(places.map(({ productId }) => productId))],
      select: [
        ID,
        'amount',
        'pricingmethodcode',
        '_pricelevelid_value',
        '_productid_value',
        '_uomid_value',
      ],
    },
  ]);
  return new Map(rows.map((row) => [keyOfRow(row), row]));
}

function writeOf(place: Place, amount: number, row: Row | undefined): RowWrite {
  const columns = { amount, pricingmethodcode: CURRENCY_AMOUNT };
  // What was deleted meanwhile must not come back of two columns, without product, list and unit.
  if (row) return { kind: 'update', set: SET, primaryId: ID, key: String(row[ID]), row: columns };
  return {
    set: SET,
    primaryId: ID,
    key: newId(place),
    row: {
      ...columns,
      'pricelevelid@odata.bind': `/pricelevels(${place.priceListId})`,
      'productid@odata.bind': `/products(${place.productId})`,
      'uomid@odata.bind': `/uoms(${place.unitId})`,
    },
  };
}

const isSet = (row: Row, amount: number): boolean =>
  row['amount'] === amount && row['pricingmethodcode'] === CURRENCY_AMOUNT;

/** One price to write, which several wishes may share: the last of them counts. */
interface Job {
  place: Place;
  amount: number;
  /** Places of its wishes. */
  places: number[];
  outcome?: Outcome<PriceResult>;
}

const UNANSWERED: Outcome<PriceResult> = {
  ok: false,
  error: new ServiceError('There was no answer for this price', { class: 'transient' }),
};

function outcomeOf(
  { amount }: Job,
  write: RowWrite,
  written: Outcome<RowResult> | undefined,
  row: Row | undefined,
): Outcome<PriceResult> {
  if (!written?.ok) return written ?? UNANSWERED;
  const before = row && { before: (row['amount'] ?? null) as number | null };
  const { outcome } = written.value;
  return { ok: true, value: { id: String(write.key), outcome, amount, ...before } };
}

/**
 * Changes prices that are there, and makes the others.
 *
 * @param rows that have been read, by the keys of their places
 * @returns those whose row was deleted since it was read
 */
async function writeChanged(
  client: Dataverse,
  jobs: Job[],
  rows: ReadonlyMap<string, Row>,
  options: WriteOptions,
): Promise<Job[]> {
  const changes = jobs.map((job) => {
    const row = rows.get(keyOf(job.place));
    const write = { ...writeOf(job.place, job.amount, row), places: job.places };
    return { job, row, write };
  });
  const written = await writeRows(
    client,
    'upsert',
    changes.map(({ write }) => write),
    options,
  );
  const deleted: Job[] = [];
  for (const [index, { job, row, write }] of changes.entries()) {
    const result = written[index];
    job.outcome = outcomeOf(job, write, result, row);
    if (row && result?.ok === false && result.error.class === 'not-found') deleted.push(job);
  }
  return deleted;
}

async function writeJobs(client: Dataverse, jobs: Job[], options: WriteOptions): Promise<void> {
  const rows = await existing(
    client,
    jobs.map(({ place }) => place),
  );
  const changed: Job[] = [];
  for (const job of jobs) {
    const row = rows.get(keyOf(job.place));
    if (row && isSet(row, job.amount)) {
      const { amount } = job;
      const value = { id: String(row[ID]), outcome: 'unchanged' as const, amount, before: amount };
      job.outcome = { ok: true, value };
      noteUnchanged(client, { set: SET, id: value.id }, job.places);
    } else {
      changed.push(job);
    }
  }
  const deleted = await writeChanged(client, changed, rows, options);
  // Such a price is made whole, as any that was never there.
  if (deleted.length > 0) await writeChanged(client, deleted, new Map(), options);
}

/**
 * Sets prices of products in price lists: changes the item of the list where there is one for the product and its unit,
 * and makes it where there is none. Names are looked up together and prices written together, however many there are.
 *
 * @returns one outcome for each wish, in their order; wishes for the same place share one, the price of the last of them
 */
export async function setPrices(
  client: Dataverse,
  wishes: PriceWish[],
  options: WriteOptions = {},
): Promise<Outcome<PriceResult>[]> {
  const names = await lookUpSalesNames(
    client,
    wishes.map(({ sku, priceList, currency, unit }) => ({
      products: [sku],
      productIds: [],
      units: unit === undefined ? [] : [unit],
      ...(guidIn(priceList) === undefined && { priceList }),
      ...(currency !== undefined && { currency }),
    })),
  );
  const jobs = new Map<string, Job>();
  const ofWish = wishes.map((wish, index) => {
    try {
      const place = placeOf(wish, names);
      const job = jobs.get(keyOf(place)) ?? { place, amount: wish.amount, places: [] };
      job.amount = wish.amount;
      job.places.push(index);
      jobs.set(keyOf(place), job);
      return job;
    } catch (error) {
      return { outcome: { ok: false as const, error: toServiceError(error) } };
    }
  });
  await writeJobs(client, [...jobs.values()], options);
  return ofWish.map(({ outcome }) => outcome ?? UNANSWERED);
}
