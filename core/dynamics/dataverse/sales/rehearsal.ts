import { ServiceError } from '../../../errors';
import { isRow } from '../../../odata/answers';
import type { CallRule, RehearsedCall, Stage } from '../../../odata/rehearsal/rules';
import type { BatchAnswer } from '../../../odata/types';
import { INVOICE } from './invoice';
import { QUOTE } from './quote';
import { closedOtherwise } from './refusals';
import type { Conversion, Move, SalesDocument } from './salesDocument';
import { SALES_ORDER } from './salesOrder';

/** What the business actions of Sales do, as far as it is known before they are called: their row, and its next state. */

type NoteCall = (stage: Pick<Stage, 'note'>, call: RehearsedCall, note?: string) => void;

const DONE: BatchAnswer = { status: 204, headers: { 'odata-version': '4.0' }, body: undefined };

/** In another state the service refuses the action, which the caller explains by a look at the document. */
function requireState(kind: SalesDocument, from: readonly number[], state: unknown): void {
  if (!from.includes(Number(state))) throw closedOtherwise(kind, Number(state));
}

/** Of a binding such as `/salesorders(…)`. */
const keyIn = (text: unknown): string => String(text).split('(').at(-1)?.replace(')', '') ?? '';

/** Closes a document; the closing names it by a binding. */
function closes(kind: SalesDocument, move: Move, parameter: string, noteCall: NoteCall): CallRule {
  return async (call, stage) => {
    const { [parameter]: closing, Status } = call.parameters;
    const id = isRow(closing) ? keyIn(closing[`${kind.lines.parent}@odata.bind`]) : '';
    const { statecode } = await stage.row(kind.set, id, ['statecode', 'statuscode']);
    requireState(kind, move.from, statecode);
    noteCall(stage, call);
    // The service takes -1 for the usual reason of the state.
    const reason = Number(Status) >= 0 ? { statuscode: Status } : {};
    await stage.change(kind.set, id, { statecode: move.to, ...reason });
    return DONE;
  };
}

/** Makes another document, of which nothing is known but what it is made of. */
function converts(kind: SalesDocument, conversion: Conversion, noteCall: NoteCall): CallRule {
  const { parameter, target, from } = conversion;
  return async (call, stage) => {
    const id = String(call.parameters[parameter]);
    const { statecode } = await stage.row(kind.set, id, ['statecode']);
    requireState(kind, from, statecode);
    noteCall(stage, call, `What it does to the ${kind.words.name} itself, Dynamics 365 works out.`);
    return madeDocument(target, stage);
  };
}

/** What an action makes is answered by its key alone: number and amounts are not known, and are no zeros. */
function madeDocument({ set, key }: SalesDocument, stage: Stage): BatchAnswer {
  const id = stage.newId();
  stage.note({
    action: 'create',
    table: set,
    id,
    note: 'Dynamics 365 makes it with lines, number and amounts; its ID stands for the one that it will have.',
  });
  return { status: 200, headers: { 'odata-version': '4.0' }, body: { [key]: id } };
}

/** Locks or unlocks prices; bound to the document, or naming it by a parameter. */
function locks(
  kind: SalesDocument,
  parameter: string,
  ispricelocked: boolean,
  noteCall: NoteCall,
): CallRule {
  return async (call, stage) => {
    const id = call.at?.key ?? String(call.parameters[parameter]);
    const { statecode } = await stage.row(kind.set, id, ['statecode', 'ispricelocked']);
    requireState(kind, kind.editable, statecode);
    noteCall(stage, call);
    await stage.change(kind.set, id, { ispricelocked });
    return DONE;
  };
}

const CLOSED = 3;

/** Only closed quotes are revised (Dynamics 365 Sales docs: ReviseQuote). */
function revises(noteCall: NoteCall): CallRule {
  return async (call, stage) => {
    const { statecode } = await stage.row(QUOTE.set, String(call.parameters['QuoteId']), [
      'statecode',
    ]);
    if (Number(statecode) !== CLOSED) {
      throw new ServiceError('Only a closed quote can be revised', { class: 'conflict' });
    }
    noteCall(stage, call);
    return madeDocument(QUOTE, stage);
  };
}

function rulesOf(kind: SalesDocument, noteCall: NoteCall): [string, CallRule][] {
  const { moves = {}, pricing, conversion } = kind;
  const rules: [string, CallRule][] = Object.values(moves).flatMap((move) => {
    const { action } = move;
    if (!action) return [];
    return [[action.name, closes(kind, move, action.closing.parameter, noteCall)]];
  });
  if (conversion) rules.push([conversion.action.name, converts(kind, conversion, noteCall)]);
  if (!pricing) return rules;
  const { lock, unlock, parameter } = pricing;
  return [
    ...rules,
    [lock.name, locks(kind, parameter, true, noteCall)],
    [unlock.name, locks(kind, parameter, false, noteCall)],
  ];
}

const KINDS: readonly SalesDocument[] = [SALES_ORDER, INVOICE, QUOTE];

/** Sets of the lines that are made with their document, by its navigation property. */
export const SALES_LINES: ReadonlyMap<string, string> = new Map(
  KINDS.map(({ lines: { property, set } }) => [property, set]),
);

/** What each action does, by its name. */
export function salesCallRules(noteCall: NoteCall): [string, CallRule][] {
  return [...KINDS.flatMap((kind) => rulesOf(kind, noteCall)), ['ReviseQuote', revises(noteCall)]];
}
