import { upperFirst } from 'lodash';

import type { ServiceError } from '../../../errors';
import { listIn } from '../../../odata/listIn';
import { toGuid } from '../../../odata/query';
import { sendAll } from '../../../odata/sendAll';
import type { BatchOutcome, SingleOperation } from '../../../odata/types';
import type { Outcome } from '../../../outcome';
import { type ActionCall, callActions } from '../actions/call';
import { updateOperation } from '../operations';
import type { Dataverse } from '../types';
import { type Deed, doOnce, type OnceOptions } from './once';
import { closedBefore, closedOtherwise, notYet } from './refusals';
import type { Closing, Move, SalesDocument } from './salesDocument';

/** A document with states to move between. */
type Movable = SalesDocument & Required<Pick<SalesDocument, 'moves'>>;

export interface ToMove {
  id: string;
  /** Status reason (statuscode) of the new state. */
  status: number;
  /** Text of the closing activity, where there is one. */
  subject?: string;
  places?: number[];
}

/** What became of one document. */
export interface Moved {
  id: string;
  /** `unchanged`: it was in that state already. `skipped`: it is not there. */
  outcome: 'done' | 'unchanged' | 'skipped';
}

interface Seen {
  state: number;
  status: number;
  etag?: string;
}

/**
 * Closes a document by its business action, which records an activity beside the new state (Dynamics 365 Sales
 * docs: FulfillSalesOrder, CancelSalesOrder, WinQuote, CloseQuote). The activity of a cancel is typed as any activity,
 * so its type is named.
 */
export function closeCall(
  { set, lines, words }: SalesDocument,
  { activity, parameter }: Closing,
  { id, status, subject = '', places }: ToMove,
  headers: Record<string, string> = {},
): ActionCall {
  const parameters = {
    [parameter]: {
      '@odata.type': `Microsoft.Dynamics.CRM.${activity}`,
      subject,
      [`${lines.parent}@odata.bind`]: `/${set}(${toGuid(id, upperFirst(words.name))})`,
    },
    Status: status,
  };
  return { parameters, headers, places };
}

/** Dataverse docs, web-service-error-codes: ConcurrencyVersionMismatch. */
const VERSION_MISMATCH = '0x80060882';

const isStale = (answer: BatchOutcome | undefined): boolean =>
  answer?.ok === false && answer.error.code === VERSION_MISMATCH;

/** Moves documents of one kind in one way. */
class Mover implements Deed<ToMove, Seen, Moved> {
  readonly looksFirst: boolean;

  constructor(
    readonly client: Dataverse,
    readonly kind: SalesDocument,
    readonly move: Move,
    readonly options: OnceOptions,
  ) {
    const { whenDone, whenNotFound } = options;
    // An action refuses a document that is in another state; columns would bring it there from anywhere.
    this.looksFirst = !move.action || whenDone === 'skip' || whenNotFound === 'skip';
  }

  async look(ids: string[]): Promise<Map<string, Seen>> {
    const { set, key } = this.kind;
    const select = [key, 'statecode', 'statuscode'];
    const [rows = []] = await listIn(this.client, [{ set, column: key, values: ids, select }]);
    return new Map(
      rows.map((row) => {
        const { statecode, statuscode, '@odata.etag': etag } = row;
        const seen = { state: Number(statecode), status: Number(statuscode) };
        return [
          String(row[key]).toLowerCase(),
          typeof etag === 'string' ? { ...seen, etag } : seen,
        ];
      }),
    );
  }

  wish({ status }: ToMove): string {
    return `the status reason ${status}`;
  }

  /** An invoice that is paid in part is not paid as a whole: what moves by columns has the reason for a part of it. */
  private isThere({ status }: ToMove, seen: Seen): boolean {
    return seen.state === this.move.to && (this.move.action ? true : seen.status === status);
  }

  fateOf(document: ToMove, seen: Seen | undefined): Outcome<Moved> | undefined {
    const { whenDone, whenNotFound } = this.options;
    const { id } = document;
    if (!seen) {
      return whenNotFound === 'skip' ? { ok: true, value: { id, outcome: 'skipped' } } : undefined;
    }
    if (this.move.from.includes(seen.state)) return undefined;
    if (seen.state !== this.move.to) return { ok: false, error: this.elsewhere(seen.state) };
    if (!this.isThere(document, seen)) return undefined;
    return whenDone === 'skip'
      ? { ok: true, value: { id, outcome: 'unchanged' } }
      : { ok: false, error: closedBefore(this.kind, seen.state) };
  }

  private elsewhere(state: number): ServiceError {
    const { kind, move } = this;
    const isBefore = move.notYet !== undefined && kind.editable.includes(state);
    return isBefore ? notYet(kind, state, move.notYet ?? '') : closedOtherwise(kind, state);
  }

  async send(documents: ToMove[], seen: ReadonlyMap<string, Seen>): Promise<BatchOutcome[]> {
    const { client, kind, move, options } = this;
    if (!move.action) return await this.sendColumns(documents, seen);
    const { closing, ...action } = move.action;
    return await callActions(
      client,
      { ...action, set: kind.set },
      documents.map((document) => closeCall(kind, closing, document, options.headers)),
    );
  }

  private async sendColumns(
    documents: ToMove[],
    seen: ReadonlyMap<string, Seen>,
  ): Promise<BatchOutcome[]> {
    const change = (document: ToMove, now: Seen | undefined) => this.change(document, now);
    const answers = await sendAll(
      this.client,
      documents.map((document) => change(document, seen.get(document.id))),
    );
    const stale = documents.filter((_, index) => isStale(answers[index]));
    if (stale.length === 0) return answers;
    // Whoever changed the row since may have moved it; a plug-in that has added something to it has not.
    const now = await this.look(stale.map(({ id }) => id));
    const open = stale.filter(({ id }) => this.move.from.includes(now.get(id)?.state ?? NaN));
    const again = await sendAll(
      this.client,
      open.map((document) => change(document, now.get(document.id))),
    );
    const second = new Map(open.map(({ id }, index) => [id, again[index]]));
    return documents.flatMap(({ id }, index) => second.get(id) ?? answers[index] ?? []);
  }

  /** Of the row as it was looked at: it may have been moved since. */
  private change({ id, status, places }: ToMove, seen: Seen | undefined): SingleOperation {
    const { kind, move, options } = this;
    const row = { statecode: move.to, statuscode: status };
    const how = { ifMatch: seen?.etag, headers: options.headers, places };
    return updateOperation(kind.set, id, row, how);
  }

  done({ id }: ToMove): Moved {
    return { id, outcome: 'done' };
  }

  turnedOut(document: ToMove, seen: Seen | undefined): Moved | undefined {
    return seen && this.isThere(document, seen) ? this.done(document) : undefined;
  }
}

/**
 * Moves many documents from one state to another, such as orders to Fulfilled or invoices to Paid. Where something may
 * be skipped, or nothing but columns moves them, their states are read first, all in one batched request; those of
 * documents that could not be moved are read afterwards. A document that was closed in another way (cancel one that is
 * fulfilled) is held in any case: a person is to decide.
 *
 * @returns one outcome for each, in their order
 */
export async function moveDocuments<K extends Movable>(
  client: Dataverse,
  kind: K,
  name: keyof K['moves'] & string,
  documents: ToMove[],
  options: OnceOptions = {},
): Promise<Outcome<Moved>[]> {
  const move = (kind.moves as SalesDocument['moves'])?.[name];
  if (!move) throw new Error(`There is no move ${name} of ${kind.set}`);
  return await doOnce(new Mover(client, kind, move, options), documents);
}
