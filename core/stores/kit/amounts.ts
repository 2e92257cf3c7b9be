import { keyBy, zip } from 'lodash';

import { ServiceError, validationError } from '../../errors';
import type { Outcome } from '../../outcome';
import type { Pages } from './pages';
import { carryOut, type Writes } from './writes';

/** What an amount of one SKU shall be, such as its stock or its price. Absolute, so that writing it twice does no harm. */
export interface AmountLevel<Target> {
  sku: string;
  amount: number;
  /** Where it is known what has this SKU, it need not be looked for. */
  target?: Target;
}

/** What has a SKU, and what its amount is; undefined where the store did not say. */
export interface AmountFound<Target> {
  target: Target;
  before?: number;
}

export interface AmountWrite<Target> {
  target: Target;
  amount: number;
}

/** How messages call the amounts. */
export interface AmountWords {
  /** `quantity` */
  one: string;
  /** `quantities` */
  many: string;
  /** One wish: `stock level`. */
  level: string;
  /** What to do about a SKU that comes with two different amounts. */
  whenTwo: string;
}

/** How amounts of a store are written; `Target` is the ids that name what has a SKU there. */
export interface AmountContract<Target extends object> {
  /** Of two levels with the same key only one amount can hold. */
  keyOf(target: Target): string;
  /**
   * Looks for SKUs, without blanks around them. What the store does not have is left out; what cannot be written, or
   * was not found out, is a failure of its own.
   */
  find(skus: ReadonlySet<string>): Promise<Map<string, Outcome<AmountFound<Target>>>>;
  write: Writes<AmountWrite<Target>>;
  /** Which amounts there can be: `a whole number of 0 or more`, and what to do about another one. */
  amounts: { areValid(amount: number): boolean; words: string; fix: string };
  /** What to do about a SKU that the store does not have. */
  notFound: string;
}

export type AmountChange<Target> = Target & {
  sku: string;
  outcome: 'updated' | 'unchanged';
  before?: number;
  amount: number;
};

/** One row of a list as what may have a wanted SKU. */
export interface AmountRow<Target> {
  sku: string | null | undefined;
  found: Outcome<AmountFound<Target>>;
}

/** Looks for SKUs where the store cannot be asked for them: through its pages, until none is missing. */
export async function findInPages<Row, Target>(
  pages: Pages<Row>,
  skus: ReadonlySet<string>,
  read: (row: Row) => AmountRow<Target>,
): Promise<Map<string, Outcome<AmountFound<Target>>>> {
  const all = new Map<string, Outcome<AmountFound<Target>>>();
  for await (const page of pages) {
    for (const { sku, found } of page.map(read)) {
      const code = sku?.trim() ?? '';
      if (skus.has(code) && !all.has(code)) all.set(code, found);
    }
    if (all.size === skus.size) break;
  }
  return all;
}

/**
 * Writes amounts of many SKUs: finds what has them, compares, and writes what differs.
 *
 * @returns what became of each wish, in their order; a failure is that of one alone. Rejects where nothing could
 *   be looked for.
 */
export async function writeAmounts<Target extends object>(
  store: AmountContract<Target>,
  levels: ReadonlyArray<AmountLevel<Target>>,
  words: AmountWords,
): Promise<Array<Outcome<AmountChange<Target>>>> {
  const keyOf = ({ sku, target }: AmountLevel<Target>): string =>
    target ? `target ${store.keyOf(target)}` : `sku ${sku.trim()}`;
  const problems = problemsOf(store, levels, keyOf, words);
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
  const written = await writeAll(store, differing, words);
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

type KeyOf<Target> = (level: AmountLevel<Target>) => string;
type Differing<Target> = AmountWrite<Target> & { key: string };

/** What makes a level unwritable before anything is asked; in the order of the levels. */
function problemsOf<Target extends object>(
  { amounts }: AmountContract<Target>,
  levels: ReadonlyArray<AmountLevel<Target>>,
  keyOf: KeyOf<Target>,
  words: AmountWords,
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
        `Give a SKU or a product ID for each ${words.level}.`,
      );
    }
    if (!amounts.areValid(amount)) {
      return validationError(`The ${words.one} of ${sku} is not ${amounts.words}`, amounts.fix);
    }
    if (!clashes.has(keyOf(level))) return undefined;
    // Which amount is right, only the sender knows.
    return validationError(
      `${sku} is given more than once, with different ${words.many}`,
      words.whenTwo,
    );
  });
}

async function findAll<Target extends object>(
  store: AmountContract<Target>,
  levels: ReadonlyArray<AmountLevel<Target>>,
  keyOf: KeyOf<Target>,
): Promise<Map<string, Outcome<AmountFound<Target>>>> {
  const wanted = new Map<string, string>();
  const all = new Map<string, Outcome<AmountFound<Target>>>();
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

/** What was written of each place, by its key. */
async function writeAll<Target extends object>(
  { write }: AmountContract<Target>,
  differing: Array<Differing<Target>>,
  { level }: AmountWords,
): Promise<Map<string, Outcome<unknown>>> {
  const writes = differing.map(({ target, amount }) => ({ target, amount }));
  const outcomes = await carryOut(write, writes, `this ${level}`);
  return new Map(
    zip(differing, outcomes).flatMap(([one, outcome]) =>
      one && outcome ? [[one.key, outcome]] : [],
    ),
  );
}

function notFound(sku: string, { notFound: fix }: { notFound: string }): Outcome<never> {
  const error = new ServiceError(`The store has no product with the SKU ${sku}`, {
    class: 'not-found',
    fix,
  });
  return { ok: false, error };
}
