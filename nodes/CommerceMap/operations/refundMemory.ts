import type { IDataObject } from 'n8n-workflow';

import type { Ledger } from '../../../core/ledger/ledger';
import { factOf, type SentTo } from '../../../core/ledger/memory';
import { openedLedgers } from '../../../core/ledger/open';
import type { RecordId } from '../../../core/ledger/record';
import { tokenOf } from '../../shared/claims';
import { dryClaimOf, hasDryClaim } from '../../shared/dryClaim';
import { lookOf } from '../../shared/look';

/** The fact of a record that says how much of what was given back has been told. */
export const REFUND = 'refund';

/** What the items of a run have told of refunds before, by the claims that they carry. */
export interface RefundMemory {
  /** How much was told and acted upon, for each item; 0 where nothing is known. */
  seen(items: IDataObject[]): Promise<number[]>;
  /**
   * Notes what is about to be told. It counts as told when the record is completed, so that a failure in between loses
   * nothing; Complete knows what to confirm by the names in `claim.facts`.
   */
  note(told: Array<{ json: IDataObject; total: number }>): Promise<void>;
}

function totalIn(confirmed: object | undefined): number {
  const { total } = (confirmed ?? {}) as { total?: unknown };
  return typeof total === 'number' ? total : 0;
}

/**
 * Which records of this ledger the items are of, with their places. Also those that were only looked at: who takes one
 * in this run completes it, too, and what was told of it has to be known then. And those of a dry run, to tell what a run would
 * tell.
 */
async function recordsIn(
  ledger: Ledger,
  items: IDataObject[],
): Promise<Array<{ place: number; record: RecordId }>> {
  const tokens = items.map((json) => tokenOf({ json }));
  const claimed = tokens.filter((token) => token !== undefined);
  const taken = (claimed.length > 0 ? await ledger.recordsOf(claimed) : []).values();
  return items.flatMap((json, place) => {
    const known =
      tokens[place] === undefined ? (dryClaimOf({ json }) ?? lookOf({ json })) : undefined;
    const record = known?.ledger === ledger.id ? known : undefined;
    const found = tokens[place] === undefined ? record : taken.next().value;
    return found ? [{ place, record: { flow: found.flow, key: found.key } }] : [];
  });
}

/** The facts of the records that a ledger has handed out to these items, with their places. */
async function factsIn(
  ledger: Ledger,
  items: IDataObject[],
): Promise<Array<{ place: number; target: SentTo }>> {
  const records = await recordsIn(ledger, items);
  return records.map(({ place, record }) => ({ place, target: factOf(record, REFUND) }));
}

/** Which ledger the claims are of is not on the items: one of those that this process has open, mostly the only one. */
export async function openRefundMemory(): Promise<RefundMemory> {
  const ledgers = await openedLedgers();
  return {
    async seen(items) {
      const seen = items.map(() => 0);
      for (const ledger of ledgers) {
        const facts = await factsIn(ledger, items);
        if (facts.length === 0) continue;
        const memories = await ledger.recall(facts.map(({ target }) => target));
        facts.forEach(({ place }, index) => {
          seen[place] = totalIn(memories[index]?.confirmed);
        });
      }
      return seen;
    },
    async note(all) {
      const told = all.filter(({ json }) => !hasDryClaim({ json }));
      for (const ledger of told.length > 0 ? ledgers : []) {
        const facts = await factsIn(
          ledger,
          told.map(({ json }) => json),
        );
        const entries = facts.map(({ place, target }) => ({
          target,
          document: { total: told[place]?.total ?? 0 },
        }));
        if (entries.length > 0) await ledger.remember(entries);
      }
    },
  };
}
