import { uniqBy } from 'lodash';
import { LRUCache } from 'lru-cache';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';

import type { RecordSource } from '../../core/commerce/source';
import { isDryRun } from '../../core/dryRun';
import { contentHash } from '../../core/ledger/hash';
import type { Ledger } from '../../core/ledger/ledger';
import type { SentTo } from '../../core/ledger/memory';
import { defaultLedger, openedLedgers } from '../../core/ledger/open';
import { settle } from '../../core/outcome';
import type { RecordIdentity } from '../../core/feeds/records';
import { type AlikeContents, type OwnWrites, withOwnWrite } from '../../core/sync/ownWrites';
import { memoryFor } from './memory';

/**
 * What nodes of the pack have written back into records of a store, so that it does not come back as a change: noted before it
 * is written, in the ledger that holds the item's claim, for all processes, and in this process for items without one.
 */
const HOUR_MS = 3_600_000;

/** By record; of what other processes have noted the ledger knows. */
const noted = new LRUCache<string, OwnWrites>({ max: 20_000, ttl: 24 * HOUR_MS });

/** Which record of which store. */
export type StoreRecord = Pick<RecordSource, 'platform' | 'store' | 'kind' | 'id'>;

const targetOf = ({ platform, store, kind, id }: StoreRecord): SentTo => ({
  system: 'own-writes',
  table: JSON.stringify([platform, store, kind]),
  id,
});

const textOf = (record: StoreRecord): string => JSON.stringify(targetOf(record));

const keptSchema = z.object({
  alike: z.array(z.array(z.string())),
  at: z.number().optional(),
});

interface Known extends OwnWrites {
  contents: AlikeContents[];
}

async function ledgers(): Promise<Ledger[]> {
  const opened = await settle(async () => {
    const byDefault = await defaultLedger();
    const all = await openedLedgers();
    return byDefault && !all.includes(byDefault) ? [byDefault, ...all] : all;
  });
  return opened.ok ? opened.value : [];
}

function add(known: Known | undefined, kept: z.infer<typeof keptSchema> | undefined): void {
  if (!known || !kept) return;
  known.contents.push(...kept.alike);
  const { at = kept.at } = known;
  known.at = at === undefined || kept.at === undefined ? at : Math.max(at, kept.at);
}

/**
 * What was written into records, by the records in their order. A ledger that cannot be read has nothing to say.
 *
 * @param from left out: all ledgers that this process has open, and the one in the default place
 */
export async function ownWritesOf(
  records: readonly StoreRecord[],
  from?: Ledger,
): Promise<Known[]> {
  const known = records.map((record): Known => {
    const { contents = [], at } = noted.get(textOf(record)) ?? {};
    return { contents: [...contents], at };
  });
  if (records.length === 0) return known;
  for (const ledger of from ? [from] : await ledgers()) {
    const recalled = await settle(async () => await ledger.recall(records.map(targetOf)));
    for (const [place, memory] of recalled.ok ? recalled.value.entries() : []) {
      const kept = [memory?.confirmed, ...(memory?.attempts ?? [])];
      for (const each of kept) add(known[place], keptSchema.safeParse(each).data);
    }
  }
  return known;
}

/** A record of a store into which something is about to be written. */
export interface OwnWrite {
  /** Place of the item that wants it. */
  index: number;
  id: string;
  before: object;
  /** Several where the store has several contents on the way, the last one for good. */
  after: object | readonly object[];
}

/** Who writes, and the items that want it, as they are worked on. */
export interface Writer {
  context: IExecuteFunctions;
  items: INodeExecutionData[];
}

/** Where the event of a trigger has the document. */
const EVENT_DOCUMENT = 'document';

/**
 * By what a document is known: by itself, and by the event that a trigger has made of it. The fields that are no change are
 * those that the trigger names in the item. Where the item comes from elsewhere, such as a row of another system, they are the
 * store's own, and in which form its trigger puts the record out is not known: it is known by both.
 */
function hashesOf(
  { json }: INodeExecutionData,
  { platform, kind, volatile = [] }: Pick<RecordIdentity<never>, 'kind' | 'platform' | 'volatile'>,
  { store, id }: Pick<StoreRecord, 'id' | 'store'>,
): (document: object) => string[] {
  const source = json['source'] as Partial<RecordSource> | undefined;
  const isTold = source?.platform === platform && source.kind === kind;
  const paths = (isTold && source.volatile) || volatile;
  if (!isTold) {
    const inEvent = ['event', 'occurredAt', ...paths.map((path) => `${EVENT_DOCUMENT}.${path}`)];
    return (document) => [
      contentHash(document, { ignore: new Set(paths) }),
      contentHash({ store, id, [EVENT_DOCUMENT]: document }, { ignore: new Set(inEvent) }),
    ];
  }
  const { documentIn } = source;
  if (documentIn === undefined) {
    return (document) => [contentHash(document, { ignore: new Set(paths) })];
  }
  const prefix = `${documentIn}.`;
  const inside = paths.filter((path) => path.startsWith(prefix));
  const own = new Set(inside.map((path) => path.slice(prefix.length)));
  return (document) => [
    contentHash(document, { ignore: own }),
    contentHash({ store, id, [documentIn]: document }, { ignore: new Set(paths) }),
  ];
}

/** Forms in which a record was known otherwise; more are not needed by the few workflows that follow one. */
const MOST_OTHERS = 4;

/** Contents that were known before and are in none of these: another workflow's trigger may leave out other fields. */
function others(known: readonly AlikeContents[], alike: readonly AlikeContents[]): AlikeContents[] {
  const isIn = (contents: AlikeContents): boolean =>
    alike.some((each) => contents.every((hash) => each.includes(hash)));
  return uniqBy(known, (contents) => contents.join())
    .filter((each) => !isIn(each))
    .slice(-MOST_OTHERS);
}

/** Notes what is about to be written: afterwards the record may come back before there is time to. In a dry run nothing is. */
export async function noteOwnWrites(
  { context, items }: Writer,
  type: Pick<RecordIdentity<never>, 'kind' | 'platform' | 'volatile'>,
  store: string,
  writes: readonly OwnWrite[],
): Promise<void> {
  if (isDryRun()) return;
  const { platform, kind } = type;
  const records = writes.map(({ id }): StoreRecord => ({ platform, store, kind, id }));
  const known = await ownWritesOf(records);
  const at = Date.now();
  const entries = writes.map(({ index, id, before, after }, place) => {
    const earlier = known[place]?.contents ?? [];
    const hashes = hashesOf(items[index] ?? { json: {} }, type, { store, id });
    const made = [after].flat().map(hashes);
    const alike = hashes(before).map((hash, form) =>
      made.reduce(
        (contents, each) => withOwnWrite([contents, ...earlier], hash, each[form] ?? hash),
        [hash] as AlikeContents,
      ),
    );
    const record = records[place] as StoreRecord;
    const all = [...alike, ...others(earlier, alike)];
    noted.set(textOf(record), { contents: all, at });
    return { index, target: targetOf(record), document: { alike: all, at } };
  });
  const memory = memoryFor(context, items);
  await memory.remember(entries);
  await memory.confirm(entries);
}
