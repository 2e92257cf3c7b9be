import type { KeySchema } from '../schema/types';

export type KeyStatus = 'Pending' | 'Active' | 'Failed';

/** Key indexes are built in the background; when each of them is ready, in milliseconds since 1970. */
const builds = new WeakMap<KeySchema, { at: number; failed: boolean }>();

export function startBuild(key: KeySchema, at: number, failed: boolean): void {
  builds.set(key, { at, failed });
}

/** Keys of the schema are active from the beginning. Only an active key finds rows. */
export function keyStatus(now: Date, key: KeySchema): KeyStatus {
  const build = builds.get(key);
  if (!build) return 'Active';
  if (now.getTime() < build.at) return 'Pending';
  return build.failed ? 'Failed' : 'Active';
}
