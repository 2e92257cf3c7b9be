import type { Engine } from '../engine';
import { DataverseError, errors } from '../errors';
import { isReference, type Row, type Value } from '../store/row';
import type { Write } from '../write/rules';
import type { DocumentKind } from './kinds';

/**
 * What may still be written to a document, by its state. Source: Dynamics 365 Sales reference, salesorder: only active
 * orders can be edited; quote: only drafts. The reference names no error for the refusal, so a switch has it.
 */

const STATE_COLUMNS: ReadonlySet<string> = new Set(['statecode', 'statuscode']);

function refusal(
  { switches }: Engine,
  kind: DocumentKind,
  document: Row,
  wanted = { state: kind.editable as string, done: 'edited' },
): DataverseError {
  const { status, code } = switches.notActive;
  const id = String(document[kind.parent]);
  return new DataverseError(
    status,
    code,
    `Only ${wanted.state} ${kind.document} rows can be ${wanted.done}: ${id} is not ${wanted.state}.`,
  );
}

export function refuseUnlessActive(engine: Engine, kind: DocumentKind, document: Row): void {
  if (document.statecode !== 0) throw refusal(engine, kind, document);
}

/** Refuses a document that is closed, such as a fulfilled order; a submitted order and an active quote can be closed. */
export function refuseClosed(engine: Engine, kind: DocumentKind, document: Row): void {
  if (kind.closing.has(document.statecode)) throw refusal(engine, kind, document);
}

/** Refuses a quote that nobody has activated, unless the switch takes it all the same. */
export function refuseDraft(engine: Engine, kind: DocumentKind, document: Row): void {
  const isDraft = kind.editable === 'draft' && document.statecode === 0;
  if (!isDraft || engine.switches.draftQuotes === 'accept') return;
  throw refusal(engine, kind, document, { state: 'active', done: 'closed' });
}

/** Refuses a document that is in none of the states in which it can become the next one. */
export function refuseUnless(
  engine: Engine,
  kind: DocumentKind,
  document: Row,
  states: readonly Value[],
): void {
  if (states.includes(document.statecode ?? null)) return;
  throw refusal(engine, kind, document, { state: 'open', done: 'converted' });
}

/** Refuses columns that the document takes no more, and states that columns cannot bring it to. */
export function checkEditable(kind: DocumentKind, { engine, before, sent, origin }: Write): void {
  if (!before || origin === 'message') return;
  const { unchangedColumns, stateByColumns } = engine.switches;
  const names = Object.keys(sent).filter(
    (name) => unchangedColumns === 'edit' || !isSame(before[name], sent[name]),
  );
  if (names.some((name) => !STATE_COLUMNS.has(name))) refuseUnlessActive(engine, kind, before);
  if (stateByColumns === 'any' || !names.some((name) => STATE_COLUMNS.has(name))) return;
  refuseClosed(engine, kind, before);
  const message = kind.closing.get(sent.statecode);
  if (stateByColumns === 'never' && message !== undefined) {
    throw errors.stateByMessage(kind.document, Number(sent.statecode), message);
  }
}

const isSame = (left: Value | undefined, right: Value | undefined): boolean =>
  isReference(left) && isReference(right)
    ? left.id === right.id
    : (left ?? null) === (right ?? null);
