import type { IDataObject } from 'n8n-workflow';

import type { Ledger } from '../../../core/ledger/ledger';
import { factOf, type SentTo } from '../../../core/ledger/memory';
import { openedLedgers } from '../../../core/ledger/open';
import { tokenOf } from '../../shared/claims';

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

/** The facts of the records that a ledger has handed out to these items, with their places. */
async function factsIn(
  ledger: Ledger,
  items: IDataObject[],
): Promise<Array<{ place: number; target: SentTo }>> {
  const claimed = items.flatMap((item, place) => {
    const token = tokenOf({ json: item });
    return token === undefined ? [] : [{ place, token }];
  });
  if (claimed.length === 0) return [];
  const records = await ledger.recordsOf(claimed.map(({ token }) => token));
  return claimed.flatMap(({ place }, index) => {
    const record = records[index];
    return record ? [{ place, target: factOf(record, REFUND) }] : [];
  });
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
    async note(told) {
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
