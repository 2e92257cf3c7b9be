import type { RecordSource } from '../../../core/commerce/source';
import type { ClaimRequest, Ledger } from '../../../core/ledger/ledger';
import { beforeOwnWrites } from '../../../core/sync/ownWrites';
import { ownWritesOf, type StoreRecord } from '../../shared/ownWrites';

/** The record of a store that an item says it is; undefined where it says none. */
function recordIn({ payload }: ClaimRequest): StoreRecord | undefined {
  const { source } = payload as { source?: Partial<RecordSource> | null };
  const { platform, store, kind, id } = source ?? {};
  if (!platform || !store || !kind || id === undefined) return undefined;
  return { platform, store, kind, id };
}

/**
 * Content that differs only by what nodes of the pack have written back into the record is the content that was there before:
 * neither webhook, poll nor look back makes a change of it.
 */
export async function withoutOwnWrites(
  ledger: Ledger,
  requests: ClaimRequest[],
): Promise<ClaimRequest[]> {
  const told = requests.flatMap((request, place) => {
    const record = recordIn(request);
    return record ? [{ place, record }] : [];
  });
  const known = await ownWritesOf(
    told.map(({ record }) => record),
    ledger,
  );
  const hashes = requests.map(({ hash }) => hash);
  for (const [index, { place }] of told.entries()) {
    hashes[place] = beforeOwnWrites(known[index] ?? [], hashes[place] ?? '');
  }
  return requests.map((request, place) => ({ ...request, hash: hashes[place] ?? request.hash }));
}
