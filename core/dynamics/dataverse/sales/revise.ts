import { ServiceError } from '../../../errors';
import { listIn } from '../../../odata/listIn';
import type { BatchAnswer, BatchOutcome, Row } from '../../../odata/types';
import type { Outcome } from '../../../outcome';
import { callActions } from '../actions/call';
import type { Dataverse } from '../types';
import { type Made, made, madeBy, toldColumns } from './made';
import { moveDocuments } from './move';
import { type Deed, doOnce, type OnceOptions } from './once';
import { QUOTE } from './quote';
import { closedOtherwise } from './refusals';

export interface ToRevise {
  id: string;
  /** Text of the activity that closes the former revision. */
  subject: string;
  places?: number[];
}

interface Seen {
  state: number;
  /** The latest revision under the number, where that is another one. */
  later?: Row;
}

const DRAFT = 0;
const ACTIVE = 1;
const WON = 2;
/** Dynamics 365 Sales docs, quote: the reason of Closed that says so. */
const REVISED = 7;

const REVISE = { name: 'ReviseQuote', usually: 'unbound', set: QUOTE.set } as const;

const COLUMNS = [...toldColumns(QUOTE), 'revisionnumber', 'statecode'];

const revisionOf = (row: Row): number => Number(row['revisionnumber'] ?? 0);

class Reviser implements Deed<ToRevise, Seen, Made> {
  readonly kind = QUOTE;
  readonly looksFirst = true;

  constructor(
    readonly client: Dataverse,
    readonly options: OnceOptions,
  ) {}

  private async rowsBy(column: string, values: string[]): Promise<Row[]> {
    const { set } = QUOTE;
    const [rows = []] = await listIn(this.client, [{ set, column, values, select: COLUMNS }]);
    return rows;
  }

  /** All revisions of a quote have one number. */
  async look(ids: string[]): Promise<Map<string, Seen>> {
    const quotes = await this.rowsBy(QUOTE.key, ids);
    const numbers = quotes.map((row) => row[QUOTE.number]).filter((number) => number !== null);
    const all = await this.rowsBy(QUOTE.number, numbers.map(String));
    const latest = new Map<unknown, Row>();
    for (const row of all) {
      const known = latest.get(row[QUOTE.number]);
      if (!known || revisionOf(row) > revisionOf(known)) latest.set(row[QUOTE.number], row);
    }
    return new Map(
      quotes.map((row): [string, Seen] => {
        const state = Number(row['statecode']);
        const last = latest.get(row[QUOTE.number]);
        const isLater = last && revisionOf(last) > revisionOf(row);
        return [String(row[QUOTE.key]).toLowerCase(), isLater ? { state, later: last } : { state }];
      }),
    );
  }

  fateOf({ id }: ToRevise, seen: Seen | undefined): Outcome<Made> | undefined {
    const { whenDone, whenNotFound } = this.options;
    if (!seen) {
      const value: Made = { source: id, outcome: 'skipped', row: {} };
      return whenNotFound === 'skip' ? { ok: true, value } : undefined;
    }
    const { state, later } = seen;
    if (!later && state !== DRAFT) {
      return state === WON ? { ok: false, error: closedOtherwise(QUOTE, state) } : undefined;
    }
    // A draft can be edited as it is, so that it is what a revision would be.
    const found = made(QUOTE, id, later ?? { [QUOTE.key]: id }, 'unchanged');
    return whenDone === 'skip' && found
      ? { ok: true, value: found }
      : { ok: false, error: revisedBefore(later) };
  }

  /** Only closed quotes are revised; people have the app close an active one at the same time, as revised. */
  async send(documents: ToRevise[], seen: ReadonlyMap<string, Seen>): Promise<BatchOutcome[]> {
    const { client, options } = this;
    const active = documents.filter(({ id }) => seen.get(id)?.state === ACTIVE);
    const closed = await moveDocuments(
      client,
      QUOTE,
      'close',
      active.map((document) => ({ ...document, status: REVISED })),
      { headers: options.headers, whenDone: 'skip' },
    );
    const refused = new Map<string, BatchOutcome>();
    active.forEach(({ id }, index) => {
      const outcome = closed[index];
      if (outcome?.ok === false) refused.set(id, outcome);
    });
    const ready = documents.filter(({ id }) => !refused.has(id));
    const answers = await callActions(
      client,
      REVISE,
      ready.map(({ id, places }) => ({
        parameters: { QuoteId: id, ColumnSet: { AllColumns: false, Columns: COLUMNS } },
        headers: options.headers,
        places,
      })),
    );
    const rest = answers.values();
    return documents.map(({ id }) => refused.get(id) ?? (rest.next().value as BatchOutcome));
  }

  done({ id }: ToRevise, answer: BatchAnswer): Made | undefined {
    return madeBy(QUOTE, id, answer);
  }

  turnedOut({ id }: ToRevise, seen: Seen | undefined): Made | undefined {
    return seen?.later && made(QUOTE, id, seen.later, 'created');
  }
}

function revisedBefore(later: Row | undefined): ServiceError {
  const message = later
    ? `The quote has the later revision ${revisionOf(later)} in Dynamics 365 already`
    : 'The quote is Draft in Dynamics 365, and can be edited without a new revision';
  return new ServiceError(message, {
    class: 'conflict',
    code: 'REVISED',
    fix: 'Nothing is left to do: discard the record, or set When Already Revised to Skip.',
  });
}

/**
 * Makes a new draft of each quote, with its lines, under the same number and the next revision. A quote that is active
 * is closed as revised with it. What has been revised before is found by its number, before and after an answer that was
 * lost.
 *
 * @returns one outcome for each, in their order
 */
export async function reviseQuotes(
  client: Dataverse,
  documents: ToRevise[],
  options: OnceOptions = {},
): Promise<Outcome<Made>[]> {
  return await doOnce(new Reviser(client, options), documents);
}
