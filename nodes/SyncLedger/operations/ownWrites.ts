import type { RecordSource } from '../../../core/commerce/source';
import type { ClaimRequest, Ledger } from '../../../core/ledger/ledger';
import { ownWritesOf, type StoreRecord } from '../../shared/ownWrites';

/** The record of a store that an item says it is; undefined where it says none. */
function recordIn({ payload }: ClaimRequest): StoreRecord | undefined {
  const { source } = payload as { source?: Partial<RecordSource> | null };
  const { platform, store, kind, id } = source ?? {};
  if (!platform || !store || !kind || id === undefined) return undefined;
  return { platform, store, kind, id };
}

/**
 * Says of each record what nodes of the pack have written back into it, so that neither webhook, poll nor look
 * back makes a change of them.
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
  const all = [...requests];
  for (const [index, { place }] of told.entries()) {
    const ownWrites = known[index];
    const request = requests[place];
    if (request && ownWrites?.contents.length) all[place] = { ...request, ownWrites };
  }
  return all;
}
