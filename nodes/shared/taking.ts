import { groupBy, omit } from 'lodash';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ServiceError, toServiceError } from '../../core/errors';
import type { ClaimOutcome, Ledger, SkippedOutcome, TakeRequest } from '../../core/ledger/ledger';
import { ledgerById } from '../../core/ledger/open';
import { idText } from '../../core/ledger/record';
import { hasLook, isLookedAt, lookOf, type Look, onlyLookedAt } from './look';

/** A look and the place of its item. */
interface Placed {
  place: number;
  look: Look;
}

/** Why an item is not written, by its place. */
export type Refused = Map<number, ServiceError>;

/** Records of which a node of this process writes something just now in a test run, with what it has them by. */
const atWork = new Map<string, { run: string; look: string }>();

const AGAIN = 'Run Sync Ledger: Claim again to see how the record stands now.';

const REFUSED: Record<SkippedOutcome, { message: string; fix: string }> = {
  unchanged: {
    message: 'This record was sent already, and is not sent twice',
    fix: `${AGAIN} To send it again as it is, use Sync Ledger: Resend.`,
  },
  busy: {
    message: 'Another run has this record, or has had it lately and did not complete it',
    fix: 'Wait until that run has ended. What it did not complete is free again when its lease has ended (Lease Minutes of Claim).',
  },
  stale: {
    message:
      'Another content of this record has become known since Claim looked at it, or what was known of it has been purged',
    fix: `${AGAIN} If its output is pinned, unpin it first: what it holds is out of date.`,
  },
  dead: {
    message: 'This record is a dead letter, and waits until somebody sends it again',
    fix: 'Repair what its error says and publish; then send it again on the repair page, or with Sync Ledger: Requeue.',
  },
  held: {
    message:
      'This record is held, and waits until it changes where it comes from, or somebody releases it',
    fix: 'Release it on the repair page, or with Sync Ledger: Requeue.',
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
  return { ...omit(known, ['attempt', 'ledger', 'skipped']), look: id, at, run, payload: document };
}

/**
 * As Claim puts it on an item outside of test runs. The look stays beside it: a person runs a later step again when the
 * record was given back already, and it is taken once more.
 */
function taken(claim: unknown, outcome: ClaimOutcome): IDataObject {
  const { look, ...known } = claim as IDataObject;
  return { ...known, ...omit(outcome, ['flow', 'conflicts']), look } as unknown as IDataObject;
}

/** Items of a writing node, of which some have records that were only looked at. */
export class LookedItems {
  /**
   * Items as they came; those that were looked at as copies. The copies get their claim when their record is
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

  /** What the item at this place was taken with holds no more: it is to be taken again. False: nobody had looked at it. */
  release(place: number): boolean {
    const item = this.items[place] as INodeExecutionData;
    if (!hasLook(item)) return false;
    this.items[place] = onlyLookedAt(item);
    return true;
  }

  /** Takes the records of the items at these places where they were only looked at; others test runs leave alone. */
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

  /** Of two test runs with one record one waits for the other; the ledger lets a person take over what nobody works on. */
  private begin(place: number, refused: Refused): Placed[] {
    try {
      const item = this.items[place] as INodeExecutionData;
      const look = lookOf(item);
      if (!look) return [];
      const id = idText(look);
      const other = atWork.get(id);
      if (other && (other.run !== this.run || other.look !== look.id)) throw refusal('busy');
      if (!other) {
        atWork.set(id, { run: this.run, look: look.id });
        this.begun.push(id);
      }
      return isLookedAt(item) ? [{ place, look }] : [];
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
