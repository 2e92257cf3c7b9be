import type { Change } from '../../../core/stores/kit/poll';
import type { RecordType } from '../../../core/stores/kit/records';
import {
  contentDigest,
  digestOfHash,
  type Fingerprints,
  isOfContent,
} from '../../../core/stores/kit/watermark';
import { areAlike } from '../../../core/sync/ownWrites';
import { ownWritesOf } from '../ownWrites';

/** As a trigger compares contents. */
const DIGEST_LENGTH = 16;

/** Asks whether a record has the content of a hash. */
function contentOf<T>(type: RecordType<T>, record: T): (hash: string) => boolean {
  const digest = contentDigest(type, record, DIGEST_LENGTH);
  return (hash) => digestOfHash(hash, DIGEST_LENGTH) === digest;
}

/**
 * Changes without those that nodes of the pack have made themselves by writing back: what was put out before differs from them
 * by nothing else.
 *
 * @param seen what was put out before
 */
export async function withoutEchoes<T>(
  type: RecordType<T>,
  store: string,
  seen: Fingerprints,
  changes: Array<Change<T>>,
): Promise<Array<Change<T>>> {
  const { platform, kind, idOf, volatile } = type;
  const isKnown = ({ record }: Change<T>): boolean => Object.hasOwn(seen, idOf(record));
  const asked = volatile ? changes.filter(isKnown) : [];
  const known = await ownWritesOf(
    asked.map(({ record }) => ({ platform, store, kind, id: idOf(record) })),
  );
  const echoes = new Set(
    asked.filter(({ record }, place) =>
      areAlike(known[place] ?? [], contentOf(type, record), (hash) =>
        isOfContent(seen[idOf(record)], digestOfHash(hash, DIGEST_LENGTH)),
      ),
    ),
  );
  return changes.filter((change) => !echoes.has(change));
}

/** Whether a record has content that a node of the pack has written back into it. */
export async function isWrittenBack<T>(
  type: RecordType<T>,
  store: string,
  record: T,
): Promise<boolean> {
  const { platform, kind, idOf, volatile } = type;
  // A store whose writes move no date of a record has none that are noted.
  if (!volatile) return false;
  const [known = []] = await ownWritesOf([{ platform, store, kind, id: idOf(record) }]);
  const isContent = contentOf(type, record);
  return known.some(([, ...written]) => written.some(isContent));
}
