import { upperFirst } from 'lodash';

import { type ErrorClass, ServiceError } from '../../../errors';
import { toGuid } from '../../../odata/query';
import { noteUnchanged } from '../../../odata/rehearsal/unchanged';
import type { BatchAnswer, BatchOutcome } from '../../../odata/types';
import { type Outcome, settle, settleNow } from '../../../outcome';
import type { Dataverse } from '../types';
import type { SalesDocument } from './salesDocument';

export interface OnceOptions {
  /** What becomes of a document with which that has been done already. Default `fail`. */
  whenDone?: 'fail' | 'skip';
  /** What becomes of a document that is not there. Default `fail`. */
  whenNotFound?: 'fail' | 'skip';
  headers?: Record<string, string>;
}

/** A document to which something is to be done. */
export interface ToDo {
  id: string;
  /** Places of those who ask for it, among all that the run works on together. */
  places?: number[];
}

/**
 * Something that is to be done to documents, to each once.
 *
 * @typeParam D a document, and what is to be done to it
 * @typeParam S what is seen of a document by looking at it
 * @typeParam T what became of it
 */
export interface Deed<D extends ToDo, S, T extends { outcome: string }> {
  client: Dataverse;
  kind: SalesDocument;
  /** What is wished for a document, in a few words. Left out: the same for each. */
  wish?(document: D): string;
  /** Whether they are looked at before anything is sent; afterwards only those are of which nothing is known. */
  looksFirst: boolean;
  /** ID → what is seen; one that is missing is not there. All in as few requests as there can be. */
  look(ids: string[]): Promise<ReadonlyMap<string, S>>;
  /** What becomes of a document without a request; undefined: it is to be sent. */
  fateOf(document: D, seen: S | undefined): Outcome<T> | undefined;
  /** One outcome for each, in their order. */
  send(documents: D[], seen: ReadonlyMap<string, S>): Promise<BatchOutcome[]>;
  /** What an answer says of it; undefined: not enough. */
  done(document: D, answer: BatchAnswer): T | undefined;
  /** What became of it where no answer came, and it turns out to have been done. */
  turnedOut(document: D, seen: S | undefined): T | undefined;
  /** Why it was refused, where what is seen tells. */
  whyRefused?(document: D, seen: S | undefined): ServiceError | undefined;
}

const NO_ANSWER = new ServiceError('There was no answer for this document', { class: 'transient' });

/** These say that the request did not get as far as the document. */
const NOT_CARRIED_OUT: ReadonlySet<ErrorClass> = new Set([
  'throttled',
  'authentication',
  'configuration',
]);

/** As the writer spells it. Throws where it is none. */
const idOf = ({ words }: SalesDocument, id: string): string =>
  toGuid(id, upperFirst(words.name)).toLowerCase();

/** Both cannot be met, and which of them is meant a person knows alone. */
function wishedOtherwise({ words }: SalesDocument, first: string, second: string): ServiceError {
  return new ServiceError(
    `An earlier item wants ${first} for the same ${words.name}, and this one ${second}`,
    {
      class: 'conflict',
      fix: `Nothing was sent for this item. Name each ${words.name} once in a run, or with the same wish each time.`,
    },
  );
}

class Doing<D extends ToDo, S, T extends { outcome: string }> {
  constructor(readonly deed: Deed<D, S, T>) {}

  private known(document: D, answer: BatchOutcome | undefined): Outcome<T> | undefined {
    if (answer === undefined) return undefined;
    if (!answer.ok) return NOT_CARRIED_OUT.has(answer.error.class) ? answer : undefined;
    const value = this.deed.done(document, answer.value);
    return value === undefined ? undefined : { ok: true, value };
  }

  /** What it looks like says more than a failure does: an answer was lost, or somebody else had done it. */
  private afterwards(document: D, seen: S | undefined, error: ServiceError): Outcome<T> {
    const { deed } = this;
    const value = error.class === 'transient' ? deed.turnedOut(document, seen) : undefined;
    if (value !== undefined) return { ok: true, value };
    const fate = deed.fateOf(document, seen);
    return fate ?? { ok: false, error: deed.whyRefused?.(document, seen) ?? error };
  }

  async send(documents: D[], before: ReadonlyMap<string, S>): Promise<Outcome<T>[]> {
    if (documents.length === 0) return [];
    const answers = await this.deed.send(documents, before);
    const known = documents.map((document, index) => this.known(document, answers[index]));
    const doubtful = documents.filter((_, index) => known[index] === undefined);
    const look =
      doubtful.length > 0
        ? await settle(() => this.deed.look(doubtful.map(({ id }) => id)))
        : undefined;
    return documents.map((document, index): Outcome<T> => {
      const outcome = known[index];
      if (outcome) return outcome;
      const answer = answers[index];
      const error = answer?.ok === false ? answer.error : NO_ANSWER;
      if (!look?.ok) return { ok: false, error };
      return this.afterwards(document, look.value.get(document.id), error);
    });
  }
}

/**
 * Does something to many documents, to each once: one that is named several times is done once, and all that name it
 * share what became of it; a later one that wishes for something else fails. A document whose answer was lost, or that was refused, is looked at afterwards, because the
 * service may have done it, and refuses to do it again without saying why.
 *
 * @returns one outcome for each document, in their order
 */
export async function doOnce<D extends ToDo, S, T extends { outcome: string }>(
  deed: Deed<D, S, T>,
  documents: D[],
): Promise<Outcome<T>[]> {
  const ids = documents.map(({ id }) => settleNow(() => idOf(deed.kind, id)));
  const distinct = new Map<string, D>();
  ids.forEach((id, index) => {
    const document = documents[index];
    if (!document || !id.ok) return;
    const known = distinct.get(id.value);
    if (known) known.places?.push(...(document.places ?? [index]));
    else
      distinct.set(id.value, {
        ...document,
        id: id.value,
        places: [...(document.places ?? [index])],
      });
  });
  const before: ReadonlyMap<string, S> =
    deed.looksFirst && distinct.size > 0 ? await deed.look([...distinct.keys()]) : new Map();
  const outcomes = new Map<string, Outcome<T>>();
  for (const [id, document] of distinct) {
    const fate = deed.looksFirst ? deed.fateOf(document, before.get(id)) : undefined;
    if (!fate) continue;
    outcomes.set(id, fate);
    const isUnchanged = fate.ok && fate.value.outcome === 'unchanged';
    if (isUnchanged) noteUnchanged(deed.client, { set: deed.kind.set, id }, document.places);
  }
  const open = [...distinct.values()].filter(({ id }) => !outcomes.has(id));
  const sent = await new Doing(deed).send(open, before);
  open.forEach(({ id }, index) => {
    const outcome = sent[index];
    if (outcome) outcomes.set(id, outcome);
  });
  return ids.map((id, index): Outcome<T> => {
    if (!id.ok) return id;
    const [first, wish] = [distinct.get(id.value), documents[index]].map(
      (document) => document && deed.wish?.(document),
    );
    if (first !== undefined && wish !== undefined && first !== wish) {
      return { ok: false, error: wishedOtherwise(deed.kind, first, wish) };
    }
    return outcomes.get(id.value) ?? { ok: false, error: NO_ANSWER };
  });
}
