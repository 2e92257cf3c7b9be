import { chunk, keyBy } from 'lodash';

import { ServiceError, validationError } from '../../errors';
import { inFlight } from '../../http/in-flight';
import { type Outcome, settle } from '../../outcome';
import type { Pages } from './pages';

/** What the stock of one SKU shall be. Absolute, so that writing it twice does no harm. */
export interface StockLevel<Target> {
  sku: string;
  amount: number;
  /** Where it is known what has this SKU, it need not be looked for. */
  target?: Target;
}

/** What has a SKU, and how many pieces of it there are; undefined where the store did not say. */
export interface StockFound<Target> {
  target: Target;
  before?: number;
}

export interface StockWrite<Target> {
  target: Target;
  amount: number;
}

/** How a store's stock is written; `Target` is the ids that name what has a SKU there. */
export interface StockContract<Target extends object> {
  /** Of two levels with the same key only one amount can hold. */
  keyOf(target: Target): string;
  /**
   * Looks for SKUs, without blanks around them. What the store does not have is left out; what cannot be written, or
   * was not found out, is a failure of its own.
   */
  find(skus: ReadonlySet<string>): Promise<Map<string, Outcome<StockFound<Target>>>>;
  /** One by one, or many in one request, whose answer tells of each in its order. */
  write:
    | { one(write: StockWrite<Target>): Promise<unknown> }
    | { many(writes: Array<StockWrite<Target>>): Promise<Array<Outcome<unknown>>>; most: number };
  /** Which amounts there can be: `a whole number of 0 or more`, and what to do about another one. */
  amounts: { areValid(amount: number): boolean; words: string; fix: string };
  /** What to do about a SKU that the store does not have. */
  notFound: string;
}

export type StockChange<Target> = Target & {
  sku: string;
  outcome: 'updated' | 'unchanged';
  before?: number;
  amount: number;
};

/** For a store that counts whole pieces, and owes none. */
export const wholePieces = (service: string): StockContract<object>['amounts'] => ({
  areValid: (amount) => Number.isInteger(amount) && amount >= 0,
  words: 'a whole number of 0 or more',
  fix: `${service} counts whole pieces: round the quantity down, and send 0 where there is a shortage.`,
});

/** One row of a list as what may have a wanted SKU. */
export interface StockRow<Target> {
  sku: string | null | undefined;
  found: Outcome<StockFound<Target>>;
}

/** Looks for SKUs where the store cannot be asked for them: through its pages, until none is missing. */
export async function findInPages<Row, Target>(
  pages: Pages<Row>,
  skus: ReadonlySet<string>,
  read: (row: Row) => StockRow<Target>,
): Promise<Map<string, Outcome<StockFound<Target>>>> {
  const all = new Map<string, Outcome<StockFound<Target>>>();
  for await (const page of pages) {
    for (const { sku, found } of page.map(read)) {
      const code = sku?.trim() ?? '';
      if (skus.has(code) && !all.has(code)) all.set(code, found);
    }
    if (all.size === skus.size) break;
  }
  return all;
}

/** Requests on their way at once; the throttle of `send` decides how many really are. */
export const STOCK_IN_FLIGHT = 16;

/**
 * Writes the stock of many SKUs: finds what has them, compares, and writes what differs.
 *
 * @returns what became of each level, in their order; a failure is that of one level alone. Rejects where nothing could
 *   be looked for.
 */
export async function writeStock<Target extends object>(
  store: StockContract<Target>,
  levels: ReadonlyArray<StockLevel<Target>>,
): Promise<Array<Outcome<StockChange<Target>>>> {
  const keyOf = ({ sku, target }: StockLevel<Target>): string =>
    target ? `target ${store.keyOf(target)}` : `sku ${sku.trim()}`;
  const problems = problemsOf(store, levels, keyOf);
  const valid = levels.filter((_, index) => !problems[index]);
  const found = await findAll(store, valid, keyOf);
  const differing = Object.values(keyBy(valid, keyOf)).flatMap(
    (level): Array<Differing<Target>> => {
      const place = found.get(keyOf(level));
      return place?.ok && place.value.before !== level.amount
        ? [{ key: keyOf(level), target: place.value.target, amount: level.amount }]
        : [];
    },
  );
  const written = await writeAll(store, differing);
  return levels.map((level, index) => {
    const { sku, amount } = level;
    const problem = problems[index];
    if (problem) return { ok: false, error: problem };
    const place = found.get(keyOf(level)) ?? notFound(sku, store);
    if (!place.ok) return place;
    const outcome = written.get(keyOf(level));
    if (outcome && !outcome.ok) return outcome;
    const { target, before } = place.value;
    const change = { sku, ...target, before, amount };
    return { ok: true, value: { ...change, outcome: outcome ? 'updated' : 'unchanged' } };
  });
}

type KeyOf<Target> = (level: StockLevel<Target>) => string;
type Differing<Target> = StockWrite<Target> & { key: string };

/** What makes a level unwritable before anything is asked; in the order of the levels. */
function problemsOf<Target extends object>(
  { amounts }: StockContract<Target>,
  levels: ReadonlyArray<StockLevel<Target>>,
  keyOf: KeyOf<Target>,
): Array<ServiceError | undefined> {
  const first = new Map<string, number>();
  const clashes = new Set<string>();
  for (const level of levels) {
    const key = keyOf(level);
    if ((first.get(key) ?? level.amount) !== level.amount) clashes.add(key);
    first.set(key, level.amount);
  }
  return levels.map((level) => {
    const { sku, amount, target } = level;
    if (!target && sku.trim() === '') {
      return validationError(
        'The SKU is empty',
        'Give a SKU or a product ID for each stock level.',
      );
    }
    if (!amounts.areValid(amount)) {
      return validationError(`The quantity of ${sku} is not ${amounts.words}`, amounts.fix);
    }
    if (!clashes.has(keyOf(level))) return undefined;
    // Which amount is right, only the sender knows.
    return validationError(
      `${sku} is given more than once, with different quantities`,
      'Add up the quantities of all warehouses before this step, so that each SKU comes once.',
    );
  });
}

async function findAll<Target extends object>(
  store: StockContract<Target>,
  levels: ReadonlyArray<StockLevel<Target>>,
  keyOf: KeyOf<Target>,
): Promise<Map<string, Outcome<StockFound<Target>>>> {
  const wanted = new Map<string, string>();
  const all = new Map<string, Outcome<StockFound<Target>>>();
  for (const level of levels) {
    const { sku, target } = level;
    if (target) all.set(keyOf(level), { ok: true, value: { target } });
    else wanted.set(sku.trim(), keyOf(level));
  }
  if (wanted.size === 0) return all;
  const found = await store.find(new Set(wanted.keys()));
  for (const [sku, key] of wanted) {
    const place = found.get(sku);
    if (place) all.set(key, place);
  }
  return all;
}

async function writeAll<Target extends object>(
  { write }: StockContract<Target>,
  differing: Array<Differing<Target>>,
): Promise<Map<string, Outcome<unknown>>> {
  const batches = chunk(differing, 'many' in write ? write.most : 1);
  const outcomes = await inFlight(batches, STOCK_IN_FLIGHT, async (batch) => {
    const writes = batch.map(({ target, amount }) => ({ target, amount }));
    const answer = await settle(async () =>
      'many' in write ? await write.many(writes) : await Promise.all(writes.map(oneByOne(write))),
    );
    // Whether a batch without an answer was carried out is not known, of none of its writes.
    return batch.map(({ key }, index): [string, Outcome<unknown>] => {
      const outcome = answer.ok ? answer.value[index] : answer;
      return [key, outcome ?? unanswered()];
    });
  });
  return new Map(outcomes.flat());
}

function oneByOne<Target>({ one }: { one(write: StockWrite<Target>): Promise<unknown> }) {
  return async (write: StockWrite<Target>): Promise<Outcome<unknown>> =>
    await settle(async () => await one(write));
}

function unanswered(): Outcome<never> {
  const error = new ServiceError('The store did not say whether it wrote this stock level', {
    class: 'unknown',
    fix: 'Run this step again: what was written is then found unchanged.',
  });
  return { ok: false, error };
}

function notFound(sku: string, { notFound: fix }: { notFound: string }): Outcome<never> {
  const error = new ServiceError(`The store has no product with the SKU ${sku}`, {
    class: 'not-found',
    fix,
  });
  return { ok: false, error };
}
