import type { KeySchema } from '../schema/types';

export type KeyStatus = 'Pending' | 'InProgress' | 'Active' | 'Failed';

/** When the index of a key is built, in milliseconds since 1970. */
interface Build {
  start: number;
  end: number;
  failed: boolean;
}

/** Key indexes are built in the background. */
const builds = new WeakMap<KeySchema, Build>();

export function startBuild(key: KeySchema, build: Build): void {
  builds.set(key, build);
}

/** Keys of the schema are active from the beginning. Only an active key finds rows. */
export function keyStatus(now: Date, key: KeySchema): KeyStatus {
  const build = builds.get(key);
  if (!build) return 'Active';
  const at = now.getTime();
  if (at >= build.end) return build.failed ? 'Failed' : 'Active';
  return at < (build.start + build.end) / 2 ? 'Pending' : 'InProgress';
}
