import { upperFirst } from 'lodash';

import { type ErrorClass, ServiceError } from '../../../errors';
import { toGuid } from '../../../odata/query';
import { type Outcome, settle } from '../../../outcome';
import { type ActionCall, type ActionName, callActions } from '../actions/call';
import type { Dataverse } from '../types';
import type { SalesDocument } from './salesDocument';
import { readStates, stateName } from './stored';

type Closable = SalesDocument & Required<Pick<SalesDocument, 'closing'>>;

export interface ToClose {
  id: string;
  /** Status reason (statuscode) of the new state. */
  status: number;
  /** Text of the closing activity. */
  subject: string;
}

/**
 * Closes a document by its business action, which records an activity beside the new state (Dynamics 365 Sales
 * docs: FulfillSalesOrder, CancelSalesOrder). The activity of a cancel is typed as any activity, so its type is
 * named.
 */
export function closeCall(
  { set, lines, words, closing }: Closable,
  { id, status, subject }: ToClose,
  headers: Record<string, string> = {},
): ActionCall {
  const parameters = {
    [closing.parameter]: {
      '@odata.type': `Microsoft.Dynamics.CRM.${closing.activity}`,
      subject,
      [`${lines.parent}@odata.bind`]: `/${set}(${toGuid(id, upperFirst(words.name))})`,
    },
    Status: status,
  };
  return { parameters, headers };
}

export interface CloseOptions {
  /** What becomes of a document that is in the wanted state already. Default `fail`. */
  whenClosed?: 'fail' | 'skip';
  /** What becomes of a document that is not there. Default `fail`. */
  whenNotFound?: 'fail' | 'skip';
  headers?: Record<string, string>;
}

/** What became of one document. */
export interface Closed {
  id: string;
  /** `unchanged`: it was in that state already. `skipped`: it is not there. */
  outcome: 'closed' | 'unchanged' | 'skipped';
}

type Fate = Exclude<Closed['outcome'], 'closed'> | ServiceError | undefined;

/** Closes documents of one kind by one action. */
class Closer<K extends Closable> {
  constructor(
    readonly client: Dataverse,
    readonly kind: K,
    readonly action: keyof K['closing']['actions'] & string,
    readonly options: CloseOptions,
  ) {}

  /** What becomes of a document in this state without a request; undefined: it is to be closed. */
  private fateOf(state: number | undefined): Fate {
    const { whenClosed, whenNotFound } = this.options;
    if (state === undefined) return whenNotFound === 'skip' ? 'skipped' : undefined;
    if (this.kind.editable.includes(state)) return undefined;
    if (!this.isWanted(state)) return closedOtherwise(this.kind, state);
    return whenClosed === 'skip' ? 'unchanged' : closedBefore(this.kind, state);
  }

  private get name(): ActionName {
    const { set, closing } = this.kind;
    const { name, usually } = closing.actions[this.action] ?? {
      name: this.action,
      usually: 'unbound',
    };
    return { name, set, usually };
  }

  private isWanted(state: number | undefined): boolean {
    return state !== undefined && state === this.kind.closing.actions[this.action]?.state;
  }

  private async statesOf(documents: ToClose[]): Promise<Map<string, number>> {
    const ids = documents.map((document) => idOf(this.kind, document));
    return await readStates(this.client, this.kind, ids);
  }

  /** By what is known before anything is sent. */
  async fates(documents: ToClose[]): Promise<Fate[]> {
    const { whenClosed, whenNotFound } = this.options;
    if (whenClosed !== 'skip' && whenNotFound !== 'skip') return documents.map(() => undefined);
    const states = await this.statesOf(documents);
    return documents.map((document) => this.fateOf(states.get(idOf(this.kind, document))));
  }

  /** @returns one outcome for each, in their order */
  async send(documents: ToClose[]): Promise<Outcome<Closed>[]> {
    const { client, kind, options } = this;
    const answers = await callActions(
      client,
      this.name,
      documents.map((document) => closeCall(kind, document, options.headers)),
    );
    const failed = documents.filter((_, index) => worthALook(answers[index]));
    const look = failed.length > 0 && (await settle(() => this.statesOf(failed)));
    return documents.map((document, index): Outcome<Closed> => {
      const id = idOf(kind, document);
      const answer = answers[index];
      if (answer?.ok) return { ok: true, value: { id, outcome: 'closed' } };
      const error = answer?.error ?? NO_ANSWER;
      return look && look.ok && worthALook(answer)
        ? this.afterFailure(id, look.value.get(id), error)
        : { ok: false, error };
    });
  }

  /** The state says more than the failure does: an answer was lost, or the document had been closed before. */
  private afterFailure(
    id: string,
    state: number | undefined,
    error: ServiceError,
  ): Outcome<Closed> {
    if (error.class === 'transient' && this.isWanted(state)) {
      return { ok: true, value: { id, outcome: 'closed' } };
    }
    return outcomeOf(id, this.fateOf(state) ?? error);
  }
}

const NO_ANSWER = new ServiceError('There was no answer for this document', { class: 'transient' });

/** These say that the request did not get as far as the document. */
const NOT_CARRIED_OUT: ReadonlySet<ErrorClass> = new Set(['throttled', 'authentication']);

const worthALook = (answer: Outcome<unknown> | undefined): boolean =>
  answer?.ok !== true && !NOT_CARRIED_OUT.has((answer?.error ?? NO_ANSWER).class);

function outcomeOf(id: string, fate: Closed['outcome'] | ServiceError): Outcome<Closed> {
  return fate instanceof ServiceError
    ? { ok: false, error: fate }
    : { ok: true, value: { id, outcome: fate } };
}

/**
 * Closes many documents. Where something may be skipped their states are read first, all in one batched request; those
 * of documents that could not be closed are read afterwards, because an answer may be lost, and the service refuses to
 * close again without saying why. A document that was closed in another way (cancel one that is fulfilled) is held in
 * any case: a person is to decide.
 *
 * @returns one outcome for each, in their order
 */
export async function closeDocuments<K extends Closable>(
  client: Dataverse,
  kind: K,
  action: keyof K['closing']['actions'] & string,
  documents: ToClose[],
  options: CloseOptions = {},
): Promise<Outcome<Closed>[]> {
  const closer = new Closer(client, kind, action, options);
  const fates = await closer.fates(documents);
  const open = documents.filter((_, index) => fates[index] === undefined);
  const answers = (await closer.send(open)).values();
  return documents.map((document, index) => {
    const fate = fates[index];
    return fate === undefined
      ? (answers.next().value as Outcome<Closed>)
      : outcomeOf(idOf(kind, document), fate);
  });
}

const idOf = ({ words }: SalesDocument, { id }: ToClose): string =>
  toGuid(id, upperFirst(words.name)).toLowerCase();

function closedOtherwise(kind: SalesDocument, state: number): ServiceError {
  const { words } = kind;
  return new ServiceError(
    `The ${words.name} is ${stateName(kind, state)} in Dynamics 365 already`,
    {
      class: 'held',
      code: 'CLOSED',
      fix: words.closedFix,
    },
  );
}

function closedBefore(kind: SalesDocument, state: number): ServiceError {
  const name = stateName(kind, state);
  return new ServiceError(`The ${kind.words.name} is ${name} in Dynamics 365 already`, {
    class: 'conflict',
    code: 'CLOSED',
    fix: `Nothing is left to do: discard the record, or set When Already ${name} to Skip.`,
  });
}
