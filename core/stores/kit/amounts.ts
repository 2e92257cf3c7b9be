import { groupBy, uniqBy, zip } from 'lodash';

import { ServiceError, validationError } from '../../errors';
import type { Outcome } from '../../outcome';
import type { Pages } from '../../http/pages';
import { placesOf, standsFor } from './rehearsal';
import { carryOut, type Writes } from './writes';

/** What is looked for. */
export interface Wanted {
  sku: string;
  /** Where it is meant, in a store in which a SKU may lie in several places, such as a warehouse; left out: where it lies. */
  place?: string;
}

/** What an amount of one SKU shall be, such as its stock or its price. Absolute, so that writing it twice does no harm. */
export interface AmountLevel<Target> extends Wanted {
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
   *
   * @param wanted the same for a store of several places, each pair once; without blanks around them
   * @returns by `wantedKey`, which is the SKU alone where no place is wanted
   */
  find(
    skus: ReadonlySet<string>,
    wanted: readonly Wanted[],
  ): Promise<Map<string, Outcome<AmountFound<Target>>>>;
  write: Writes<AmountWrite<Target>>;
  /** Which amounts there can be: `a whole number of 0 or more`, and what to do about another one. */
  amounts: { areValid(amount: number): boolean; words: string; fix: string };
  /** What to do about a SKU that the store does not have. */
  notFound: string;
  /** What to do about what comes with two different amounts, where that is another thing than in most stores. */
  whenTwo?: string;
}

/** By which what was found is known: a SKU, and where a place is wanted, the pair. */
export const wantedKey = ({ sku, place = '' }: Wanted): string =>
  place.trim() === '' ? sku.trim() : `${sku.trim()}\n${place.trim()}`;

/** As messages call it: `TS-M in MAIN`. */
const wordsOf = ({ sku, place = '' }: Wanted): string =>
  place.trim() === '' ? sku : `${sku} in ${place.trim()}`;

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
  const keyOf: KeyOf<Target> = (level) =>
    level.target ? `target ${store.keyOf(level.target)}` : `sku ${wantedKey(level)}`;
  const problems = problemsOf(store, levels, keyOf, words);
  const valid = levels.filter((_, index) => !problems[index]);
  const all = await findAll(store, valid, keyOf);
  const foundOf = (level: AmountLevel<Target>): Found<Target> =>
    all.get(keyOf(level)) ?? notFound(level, store);
  const targetKey = (level: AmountLevel<Target>): string | undefined => {
    const found = foundOf(level);
    return found.ok ? store.keyOf(found.value.target) : undefined;
  };
  // The same thing may have been named in two ways, such as by its SKU and by its ID.
  const clashes = clashesOf(valid, targetKey);
  const byTarget = groupBy(valid, (level) => targetKey(level) ?? '');
  const differing = valid.flatMap((level): Array<Differing<Target>> => {
    const found = foundOf(level);
    if (!found.ok || found.value.before === level.amount) return [];
    const { target } = found.value;
    const key = store.keyOf(target);
    if (clashes.has(key)) return [];
    return [standsFor({ key, target, amount: level.amount }, placesOf(byTarget[key] ?? []))];
  });
  const written = await writeAll(store, uniqBy(differing, 'key'), words);
  return levels.map((level, index) => {
    const { sku, amount } = level;
    const problem = problems[index];
    if (problem) return { ok: false, error: problem };
    const found = foundOf(level);
    if (!found.ok) return found;
    const { target, before } = found.value;
    const key = store.keyOf(target);
    if (clashes.has(key)) return { ok: false, error: clash(level, store, words) };
    const outcome = written.get(key);
    if (outcome && !outcome.ok) return outcome;
    const change = { sku, ...target, before, amount };
    return { ok: true, value: { ...change, outcome: outcome ? 'updated' : 'unchanged' } };
  });
}

type Found<Target> = Outcome<AmountFound<Target>>;
type KeyOf<Target> = (level: AmountLevel<Target>) => string;
type Differing<Target> = AmountWrite<Target> & { key: string };

/** The keys that come with different amounts; levels without a key have none. */
function clashesOf<Target>(
  levels: ReadonlyArray<AmountLevel<Target>>,
  keyOf: (level: AmountLevel<Target>) => string | undefined,
): Set<string> {
  const first = new Map<string, number>();
  const clashes = new Set<string>();
  for (const level of levels) {
    const key = keyOf(level);
    if (key === undefined) continue;
    if ((first.get(key) ?? level.amount) !== level.amount) clashes.add(key);
    first.set(key, level.amount);
  }
  return clashes;
}

/** Which amount is right, only the sender knows. */
const clash = (wanted: Wanted, { whenTwo }: { whenTwo?: string }, words: AmountWords) =>
  validationError(
    `${wordsOf(wanted)} is given more than once, with different ${words.many}`,
    whenTwo ?? words.whenTwo,
  );

/** What makes a level unwritable before anything is asked; in the order of the levels. */
function problemsOf<Target extends object>(
  store: AmountContract<Target>,
  levels: ReadonlyArray<AmountLevel<Target>>,
  keyOf: KeyOf<Target>,
  words: AmountWords,
): Array<ServiceError | undefined> {
  const { amounts } = store;
  const clashes = clashesOf(levels, keyOf);
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
    return clashes.has(keyOf(level)) ? clash(level, store, words) : undefined;
  });
}

async function findAll<Target extends object>(
  store: AmountContract<Target>,
  levels: ReadonlyArray<AmountLevel<Target>>,
  keyOf: KeyOf<Target>,
): Promise<Map<string, Found<Target>>> {
  const wanted = new Map<string, Wanted & { key: string }>();
  const all = new Map<string, Found<Target>>();
  for (const level of levels) {
    const { sku, place = '', target } = level;
    const key = keyOf(level);
    if (target) all.set(key, { ok: true, value: { target } });
    else wanted.set(wantedKey(level), { key, sku: sku.trim(), place: place.trim() || undefined });
  }
  if (wanted.size === 0) return all;
  const asked = [...wanted.values()];
  const found = await store.find(new Set(asked.map(({ sku }) => sku)), asked);
  for (const [name, { key }] of wanted) {
    const place = found.get(name);
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
  const writes = differing.map((one) => {
    const { target, amount } = one;
    return standsFor({ target, amount }, placesOf([one]));
  });
  const outcomes = await carryOut(write, writes, `this ${level}`);
  return new Map(
    zip(differing, outcomes).flatMap(([one, outcome]) =>
      one && outcome ? [[one.key, outcome]] : [],
    ),
  );
}

function notFound(wanted: Wanted, { notFound: fix }: { notFound: string }): Outcome<never> {
  const error = new ServiceError(`The store has no product with the SKU ${wordsOf(wanted)}`, {
    class: 'not-found',
    fix,
  });
  return { ok: false, error };
}
