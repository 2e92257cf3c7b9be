import { partition, uniq } from 'lodash';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ServiceError } from '../../../core/errors';
import type { Ledger, Settlement } from '../../../core/ledger/ledger';
import { patiently } from '../../../core/ledger/patience';
import { openedLedgers } from '../../../core/ledger/open';
import type { LedgerState } from '../../../core/ledger/record';
import { dryByPath } from '../../shared/dryPath';
import { type AnySteps, itemSteps, together } from '../../shared/steps';
import { takeRequest } from '../../shared/taking';
import { noteSettled } from '../../shared/underway';
import type { Claim } from '../claimed';
import { ledgerOf } from '../connection';
import { presentDry, presentGivenBack, presentSettlement, presentUntaken } from '../present';
import { hintNotNoted } from './lookHints';
import { withField } from './output';

interface Settling<Work> {
  prepare(item: INodeExecutionData, index: number): Work;
  settle(ledger: Ledger, all: Work[]): Promise<Settlement[]>;
  /**
   * What would become of a record outside of a test run. Nothing is noted of one that was only looked at and that no node
   * has taken since, and what a test run has taken is given back. undefined: the record is taken now, to note it.
   */
  wouldBecome(work: Work): LedgerState | undefined;
  /** What would be noted of a record of a dry run, for people. */
  says(work: Work): { reason?: string; repair?: string; remark?: string };
  /** What the item carries besides as `ledger`. */
  more?(work: Work): IDataObject;
}

/** What became of a record; without a settlement nobody had taken it, and nothing was noted. */
interface Settled<Work> {
  work: Work;
  settlement?: Settlement;
  /** What would have become of it outside of a test run, or of a dry run, where that is not noted. */
  would?: LedgerState;
  isDry?: boolean;
}

/** An item, and whether it is of a dry run. */
interface Meant<Work> {
  work: Work;
  isDry: boolean;
}

/**
 * Those that were looked at and that no node has taken, or not any more. Sees to it that the others have the token that
 * their record has, and these the one that it gets when it is taken now.
 */
async function withoutRecord<Work extends Claim>(ledger: Ledger, all: Work[]): Promise<Work[]> {
  let left = all.filter(({ look }) => look);
  for (const name of ['token', 'lateToken'] as const) {
    if (left.length === 0) return left;
    for (const work of left) work.token = work[name] ?? work.token;
    const known = await ledger.knows(left.map(({ token }) => token));
    left = left.filter((_, at) => !known[at]);
  }
  return left;
}

/** Otherwise nothing would be noted, and records that were sent would be sent again when their leases end. */
async function requireOwn(ledger: Ledger, all: Claim[]): Promise<void> {
  const others = (await openedLedgers()).filter(({ id }) => id !== ledger.id);
  const tokens = all.map(({ token }) => token);
  const answers = await Promise.all(others.map(async (other) => await other.knows(tokens)));
  const isElsewhere = ({ look }: Claim): boolean => look !== undefined && look.ledger !== ledger.id;
  if (!all.some(isElsewhere) && !answers.flat().includes(true)) return;
  throw new ServiceError('Records were claimed in another ledger than the one that this node has', {
    class: 'configuration',
    fix: 'Choose the same Ledger here as in Sync Ledger: Claim, and the same credential.',
  });
}

/** Takes, in the name of who has written it, what nobody has taken by now. */
async function takeLate(ledger: Ledger, looked: Claim[], run: string): Promise<void> {
  const requests = looked.flatMap(({ look }) =>
    look?.ledger === ledger.id ? [takeRequest(look, run)] : [],
  );
  if (requests.length > 0) await ledger.take(requests);
}

/** Ends the claims of all items together, and puts out each item with what became of its record, as `ledger`. */
export function settling<Work extends Claim>(
  context: IExecuteFunctions,
  { prepare, settle, wouldBecome, says, more }: Settling<Work>,
): AnySteps {
  const isDryItem = dryByPath(context);

  const noteEnded = (all: Work[]): void =>
    noteSettled(
      context.getWorkflow().id ?? '',
      all.map(({ key }) => key),
    );

  /** Those that no node has taken, or not any more, with what would become of them. */
  const untaken = async (ledger: Ledger, all: Work[]): Promise<Map<Work, LedgerState>> => {
    const left = new Map<Work, LedgerState>();
    const late: Work[] = [];
    for (const work of await withoutRecord(ledger, all)) {
      // What would be skipped has not been written: its test run was refused to.
      const would = wouldBecome(work) ?? (work.look?.skipped && 'done');
      if (would) left.set(work, would);
      else late.push(work);
    }
    await takeLate(ledger, late, context.getExecutionId());
    return left;
  };

  const settleReal = async (all: Work[]): Promise<Settled<Work>[]> => {
    const ledger = await ledgerOf(context);
    await requireOwn(ledger, all);
    const left = await untaken(ledger, all);
    const held = all.filter((work) => !left.has(work));
    noteEnded(held);
    const settlements = (await settle(ledger, held)).values();
    return all.map((work): Settled<Work> => {
      if (left.has(work)) return { work, would: left.get(work) };
      const settlement = settlements.next().value as Settlement;
      const isGivenBack = settlement.outcome === 'given-back';
      return { work, settlement, ...(isGivenBack && { would: wouldBecome(work) }) };
    });
  };

  /**
   * Of a dry run nothing is noted: not all was written. What a Claim has taken all the same, because only a node behind it is dry,
   * is given back.
   */
  const giveBack = async (all: Work[]): Promise<void> => {
    noteEnded(all);
    const taken = all.filter(({ token }) => token !== '');
    if (taken.length === 0) return;
    const ledger = await ledgerOf(context);
    await requireOwn(ledger, taken);
    await ledger.giveBack(
      taken.flatMap(({ token, lateToken }) => uniq([token, lateToken ?? token])),
    );
  };

  const settleAll = async (all: Array<Meant<Work>>): Promise<Settled<Work>[]> => {
    const [dry, meant] = partition(all, ({ isDry }) => isDry);
    await giveBack(dry.map(({ work }) => work));
    const real = meant.length > 0 ? await settleReal(meant.map(({ work }) => work)) : [];
    const settled = real.values();
    return all.map(({ work, isDry }): Settled<Work> => {
      if (isDry) return { work, isDry, would: wouldBecome(work) ?? 'done' };
      return settled.next().value as Settled<Work>;
    });
  };

  return itemSteps<Meant<Work>, Settled<Work>>({
    prepare: (item, index) => ({
      work: prepare(item, index),
      isDry: isDryItem(item),
    }),
    run: together(async (all) => {
      const signal = context.getExecutionCancelSignal();
      const settled = await patiently(() => settleAll(all), signal);
      hintNotNoted(context, settled);
      return settled;
    }),
    output: (item, { settlement, would, work, isDry }, index) => {
      if (isDry) {
        const ledger = { ...presentDry(work.key, would ?? 'done', says(work)), ...more?.(work) };
        return withField(item, 'ledger', ledger, index);
      }
      if (!settlement) return withField(item, 'ledger', presentUntaken(work.key, would), index);
      if (settlement.outcome === 'given-back') {
        return withField(item, 'ledger', presentGivenBack(settlement, would), index);
      }
      const ledger = { ...presentSettlement(settlement, work.key), ...more?.(work) };
      return withField(item, 'ledger', ledger, index);
    },
  });
}
