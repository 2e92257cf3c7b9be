/** Who asks for what is written, where a store is told of many items together. */
import { AsyncLocalStorage } from 'node:async_hooks';

import { uniq } from 'lodash';

type Places = readonly number[];

interface Asking {
  /** Behind each of what is written together, in its order; undefined where that is not known. */
  rows?: ReadonlyArray<Places | undefined>;
  /** By what a wish names. */
  byKey?: ReadonlyMap<string, Places>;
}

const asking = new AsyncLocalStorage<Asking>();

/** The places of the items that a wish, or what was made of it, stands for. */
const wishes = new WeakMap<object, Places>();

/** Says for which items a wish stands. */
export function standsFor<W extends object>(wish: W, places: Places): W {
  if (places.length > 0) wishes.set(wish, places);
  return wish;
}

/** For which items wishes stand together, such as those that are one. */
export const placesOf = (all: readonly object[]): number[] =>
  uniq(all.flatMap((wish) => wishes.get(wish) ?? []));

/**
 * Works on wishes that name records: what is written of one is asked for by all who name it, unless `asked` says more.
 *
 * @param byKey the places of those who name it
 */
export function askedByName<T>(byKey: ReadonlyMap<string, Places>, work: () => T): T {
  return asking.run({ byKey }, work);
}

/** Works on these wishes: what is written meanwhile they have asked for, record by record where it is as many as they. */
export function asked<T>(all: readonly unknown[], work: () => T): T {
  const rows = all.map((wish) =>
    typeof wish === 'object' && wish !== null ? wishes.get(wish) : undefined,
  );
  const scope = asking.getStore();
  return rows.some((row) => row !== undefined) ? asking.run({ ...scope, rows }, work) : work();
}

/**
 * Who asks for one of the records of a request.
 *
 * @param of how many
 * @param names what the request says of it
 */
export function askers(at: number, of: number, names: readonly string[]): Places {
  const { rows = [], byKey } = asking.getStore() ?? {};
  const row = rows.length === of ? rows[at] : rows.length === 1 ? rows[0] : undefined;
  return row ?? uniq(names.flatMap((name) => byKey?.get(name) ?? []));
}
