import type { Change } from '../../../core/feeds/poll';
import type { RecordType } from '../../../core/feeds/records';
import {
  contentDigest,
  digestOfHash,
  type Fingerprints,
  isOfContent,
} from '../../../core/feeds/watermark';
import { type AlikeContents, isMadeOf } from '../../../core/sync/ownWrites';
import { ownWritesOf } from '../ownWrites';

/** As a trigger compares contents. */
const DIGEST_LENGTH = 16;

/** Tells contents of a record apart as a trigger compares them. */
export const digestOf = <T>(type: RecordType<T>, record: T): string =>
  contentDigest(type, record, DIGEST_LENGTH);

/** Asks whether a hash is of the content that has a digest. */
const isHashOf =
  (digest: string | undefined) =>
  (hash: string): boolean =>
    digestOfHash(hash, DIGEST_LENGTH) === digest;

/** Digest of the content that a webhook last handed over of the record with an id. */
export type HandedOver = (id: string) => string | undefined;

/**
 * Whether a webhook has handed over another content since, which no own write has made: that a record is again what it was
 * before is then a change, and nobody else knows of it.
 */
function hasMovedOn(
  known: readonly AlikeContents[],
  digest: string,
  last: string | undefined,
): boolean {
  if (last === undefined || last === digest) return false;
  return !isMadeOf(known, isHashOf(last), isHashOf(digest));
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
  handedOver: HandedOver,
): Promise<Array<Change<T>>> {
  const { platform, kind, idOf, volatile } = type;
  const isKnown = ({ record }: Change<T>): boolean => Object.hasOwn(seen, idOf(record));
  const asked = volatile ? changes.filter(isKnown) : [];
  const written = await ownWritesOf(
    asked.map(({ record }) => ({ platform, store, kind, id: idOf(record) })),
  );
  const echoes = new Set(
    asked.filter(({ record }, place) => {
      const id = idOf(record);
      const digest = digestOf(type, record);
      const known = written[place]?.contents ?? [];
      const isSeen = (hash: string): boolean =>
        isOfContent(seen[id], digestOfHash(hash, DIGEST_LENGTH));
      return (
        isMadeOf(known, isSeen, isHashOf(digest)) && !hasMovedOn(known, digest, handedOver(id))
      );
    }),
  );
  return changes.filter((change) => !echoes.has(change));
}

/** Whether a record has content that a node of the pack has written back into it, and that nothing has followed. */
export async function isWrittenBack<T>(
  type: RecordType<T>,
  store: string,
  record: T,
  handedOver: HandedOver,
): Promise<boolean> {
  const { platform, kind, idOf, volatile } = type;
  // A store whose writes move no date of a record has none that are noted.
  if (!volatile) return false;
  const id = idOf(record);
  const [written] = await ownWritesOf([{ platform, store, kind, id }]);
  const known = written?.contents ?? [];
  const digest = digestOf(type, record);
  const isWritten = known.some(([, ...written]) => written.some(isHashOf(digest)));
  return isWritten && !hasMovedOn(known, digest, handedOver(id));
}
