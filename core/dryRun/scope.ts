import { AsyncLocalStorage } from 'node:async_hooks';

import type { Journal } from './journal';
import type { PlannedWrite } from './plannedWrite';

/** A run that writes nothing. Whoever would write reads what stands there, and notes what it would become. */
export interface DryRun {
  /**
   * Notes what would be written. Inside the work for one item it is this item that asks for it, whatever `places` says.
   *
   * @param places of those who ask for it, among all that the run works on together; left out: the run as a whole
   */
  note(write: PlannedWrite, places?: readonly number[]): void;
}

interface Scope {
  journal: Journal;
  /** Of the item that is worked on alone. */
  place?: number;
}

const scopes = new AsyncLocalStorage<Scope>();

/** Works in a dry run: whatever opens a service meanwhile opens it for reading, and for planning in place of writing. */
export function inDryRun<T>(journal: Journal, work: () => T): T {
  return scopes.run({ journal }, work);
}

/** Works for one item: what is noted meanwhile, it has asked for. Outside of a dry run that is nothing special. */
export function forPlace<T>(place: number, work: () => T): T {
  const scope = scopes.getStore();
  return scope ? scopes.run({ ...scope, place }, work) : work();
}

/**
 * The dry run that goes on here; undefined: what is written is meant. Ask when a service is opened or its method is
 * called, not in what a queue calls: that is in the scope of whoever made room in the queue.
 */
export function currentDryRun(): DryRun | undefined {
  const scope = scopes.getStore();
  if (!scope) return undefined;
  const { journal } = scope;
  return {
    note(write, places) {
      const place = scopes.getStore()?.place ?? scope.place;
      journal.note(write, place === undefined ? places : [place]);
    },
  };
}

/** Whether what goes on here is to write nothing. */
export const isDryRun = (): boolean => scopes.getStore() !== undefined;
