import { groupBy, omit } from 'lodash';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ServiceError, toServiceError } from '../../core/errors';
import type { ClaimOutcome, Ledger, SkippedOutcome, TakeRequest } from '../../core/ledger/ledger';
import { ledgerById } from '../../core/ledger/open';
import { isLookedAt, lookOf, type Look } from './look';

/** A look and the place of its item. */
interface Placed {
  place: number;
  look: Look;
}

/** Why an item is not written, by its place. */
export type Refused = Map<number, ServiceError>;

/** Looks of which a node of this process writes something just now, with the run that it belongs to. */
const atWork = new Map<string, string>();

const AGAIN = 'Run Sync Ledger: Claim again to see how the record stands now.';

const REFUSED: Record<SkippedOutcome, { message: string; fix: string }> = {
  unchanged: {
    message: 'This record has been sent since Claim looked at it, and is not sent twice',
    fix: AGAIN,
  },
  busy: {
    message: 'Another run has this record, or has had it lately and did not complete it',
    fix: 'Wait until that run has ended. What a test run took and did not complete is free again when its lease has ended (Lease Minutes of Claim).',
  },
  stale: {
    message:
      'Another content of this record has become known since Claim looked at it, or what was known of it has been purged',
    fix: `${AGAIN} If its output is pinned, unpin it first: what it holds is out of date.`,
  },
  dead: {
    message: 'This record has become a dead letter since Claim looked at it',
    fix: 'Repair what its error says, requeue it with Sync Ledger: Requeue, and run Claim again.',
  },
  held: {
    message: 'This record has been held since Claim looked at it',
    fix: 'Release it with Sync Ledger: Requeue, and run Claim again.',
  },
};

function refusal(outcome: SkippedOutcome): ServiceError {
  const { message, fix } = REFUSED[outcome];
  return new ServiceError(message, { class: 'conflict', code: 'CLAIM_LOST', fix });
}

function ledgerMissing(): ServiceError {
  return new ServiceError('The ledger that Claim looked into is not open here', {
    class: 'conflict',
    code: 'CLAIM_LOST',
    fix: 'Run Sync Ledger: Claim again, so that n8n opens the ledger. If its output is pinned, unpin it first.',
  });
}

/** What the ledger is asked, wherever it is taken. */
export function takeRequest(look: Look, run: string): TakeRequest {
  const { id, at = 0, document, ...known } = look;
  return { ...omit(known, ['attempt', 'ledger']), look: id, at, run, payload: document };
}

/** As Claim puts it on an item outside of test runs. */
function taken(claim: unknown, outcome: ClaimOutcome): IDataObject {
  return {
    ...omit(claim as IDataObject, 'look'),
    ...omit(outcome, ['flow', 'conflicts']),
  } as unknown as IDataObject;
}

/** Items of a writing node, of which some have records that were only looked at. */
export class LookedItems {
  /**
   * Items as they came; those that were only looked at as copies. The copies get their claim when their record is
   * taken, so that whatever was prepared of them by then has it, too.
   */
  readonly items: INodeExecutionData[];
  private readonly run: string;
  private readonly begun: string[] = [];

  constructor(context: IExecuteFunctions, items: INodeExecutionData[]) {
    this.run = context.getExecutionId();
    this.items = items.map((item) =>
      isLookedAt(item) ? { ...item, json: { ...item.json } } : item,
    );
  }

  /** Takes the records of the items at these places, where they were only looked at. */
  async take(places: number[]): Promise<Refused> {
    const refused: Refused = new Map();
    const wanted = places.flatMap((place) => this.begin(place, refused));
    for (const [id, all] of Object.entries(groupBy(wanted, ({ look }) => look.ledger))) {
      try {
        const ledger = await ledgerById(id);
        if (!ledger) throw ledgerMissing();
        await this.takeFrom(ledger, all, refused);
      } catch (error) {
        for (const { place } of all) refused.set(place, toServiceError(error));
      }
    }
    return refused;
  }

  /** The node has done its work. */
  end(): void {
    for (const id of this.begun.splice(0)) atWork.delete(id);
  }

  /** Of two runs with the same pinned look one waits for the other; they are not told apart by the ledger alone. */
  private begin(place: number, refused: Refused): Placed[] {
    try {
      const look = lookOf(this.items[place] as INodeExecutionData);
      if (!look) return [];
      const other = atWork.get(look.id);
      if (other !== undefined && other !== this.run) throw refusal('busy');
      if (other === undefined) {
        atWork.set(look.id, this.run);
        this.begun.push(look.id);
      }
      return [{ place, look }];
    } catch (error) {
      refused.set(place, toServiceError(error));
      return [];
    }
  }

  private async takeFrom(ledger: Ledger, all: Placed[], refused: Refused): Promise<void> {
    const outcomes = await ledger.take(all.map(({ look }) => takeRequest(look, this.run)));
    for (const [at, { place }] of all.entries()) {
      const outcome = outcomes[at] as ClaimOutcome;
      const { json } = this.items[place] as INodeExecutionData;
      if ('token' in outcome) json.claim = taken(json.claim, outcome);
      else refused.set(place, refusal(outcome.outcome));
    }
  }
}
