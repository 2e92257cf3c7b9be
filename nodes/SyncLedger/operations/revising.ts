import { get, uniq } from 'lodash';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { Ledger, RecordView, Revision } from '../../../core/ledger/ledger';
import type { LedgerState } from '../../../core/ledger/record';
import { type Outcome, settle } from '../../../core/outcome';
import { parameterReader, type ParameterReader } from '../../shared/parameters';
import { type AnySteps, itemSteps } from '../../shared/steps';
import { type RecordName, recordNameOf } from '../fields/record';
import { type FlowScope, hint, openScoped } from '../fields/scope';
import { textOf } from '../fields/value';
import { withField } from './output';

type Named = RecordName & { flow?: string };
type Reference = { key: string; flow?: string };

/** What a person does with the records that items are about. */
interface Revising<Work, Request extends Reference> {
  /** What the item says beside which record it is about. */
  prepare(read: ParameterReader, item: INodeExecutionData, index: number): Work;
  /** Throws where it cannot be done. */
  request(work: Work, reference: Reference): Request;
  /** The revisions of each request. */
  apply(ledger: Ledger, requests: Request[]): Promise<Revision[][]>;
}

const LONGEST_LIST = 5;

/** The one record that has the number; a change of several because they are called alike would be nobody's wish. */
function onlyKey(number: string, keys: string[]): string {
  const [key] = keys;
  if (key === undefined) {
    throw validationError(
      `The ledger has no record with the number ${number}`,
      'Check the number, and the flow that is chosen. List Dead Letters and List Held show the numbers of records.',
    );
  }
  if (keys.length === 1) return key;
  throw validationError(
    `${keys.length} records have the number ${number}: ${keys.slice(0, LONGEST_LIST).join(', ')}`,
    'Choose Record Key under Record, and give the key of the one that is meant.',
  );
}

/** States in which a person may do something with a record. */
const OPEN: ReadonlySet<LedgerState> = new Set(['dead', 'held', 'retry', 'pending']);

/** Several flows may have the same record, each with a document and a fate of its own. */
function onlyFlow(name: string, records: RecordView[]): string | undefined {
  const open = records.filter(({ state }) => OPEN.has(state));
  if (open.length < 2) return open[0]?.flow;
  const flows = open.map(({ flow, flowName = flow }) => flowName).slice(0, LONGEST_LIST);
  throw validationError(
    `The record ${name} waits in ${open.length} flows: ${flows.join(', ')}`,
    'Choose the one that is meant under Flow, or take the items of List Dead Letters or List Held, which say theirs.',
  );
}

/** For each name which record it means. */
async function finder(ledger: Ledger, names: Named[]): Promise<(name: Named) => Reference> {
  const numbers = uniq(names.flatMap((name) => ('number' in name ? [name.number] : [])));
  const keys = uniq(names.flatMap((name) => ('key' in name && !name.flow ? [name.key] : [])));
  const byNumber = numbers.length > 0 ? await ledger.lookUpByNumber(numbers) : [];
  const byKey = keys.length > 0 ? await ledger.lookUp(keys.map((key) => ({ key }))) : [];
  const views = new Map([
    ...numbers.map((number, place) => [number, byNumber[place] ?? []] as const),
    ...keys.map((key, place) => [key, byKey[place] ?? []] as const),
  ]);
  return (name) => {
    const called = 'key' in name ? name.key : name.number;
    const all = views.get(called) ?? [];
    const meant = all.filter(({ flow }) => name.flow === undefined || flow === name.flow);
    const key = 'key' in name ? name.key : onlyKey(called, uniq(meant.map((one) => one.key)));
    return { key, flow: name.flow ?? onlyFlow(called, meant) };
  };
}

/** An item whose record was not there, or in another state than it was listed in, is no failure; but it is said. */
function hintUnchanged(context: IExecuteFunctions, all: Revision[][]): void {
  const unchanged = all.filter((found) => !found.some(({ changed }) => changed)).length;
  if (unchanged === 0) return;
  hint(
    context,
    `${unchanged} of ${all.length} records were left as they are. The field <b>ledger</b> of the item says in which state each is.`,
  );
}

interface Done {
  key: string;
  found: Revision[];
}

/** The item with what became of its record. */
function revised(item: INodeExecutionData, { found, key }: Done, index: number) {
  const [first] = found;
  const changed = found.some((revision) => revision.changed);
  const state = first?.state ?? 'unknown';
  const ledger = { ...(first && { number: first.number, flow: first.flow }), key, state, changed };
  return withField(item, 'ledger', ledger, index);
}

/** An item of a list of Sync Ledger, or of what has settled its record, says itself which flow it is of. */
function flowOf(
  { json }: INodeExecutionData,
  { flow: chosen, words }: FlowScope,
): string | undefined {
  const said = textOf(json.flow) ?? textOf(get(json, 'ledger.flow'));
  if (said === undefined || chosen === undefined || said === chosen) return said ?? chosen;
  throw validationError(
    `The item is of the flow "${said}", and only records ${words} are to be changed`,
    'Choose All Flows under Flow, or let only items of the chosen flow come to this node.',
  );
}

/** Takes the records that the items name through one change, all that can be done together. */
export async function revising<Work, Request extends Reference>(
  context: IExecuteFunctions,
  { prepare, request, apply }: Revising<Work, Request>,
): Promise<AnySteps> {
  const read = parameterReader(context);
  const { ledger, scope } = await openScoped(context);
  return itemSteps<{ name: Named; work: Work }, Done>({
    prepare: (item, index) => {
      return {
        name: { ...recordNameOf(read, item, index), flow: flowOf(item, scope) },
        work: prepare(read, item, index),
      };
    },
    run: async (all) => {
      const find = await finder(
        ledger,
        all.map(({ name }) => name),
      );
      const requests = await Promise.all(
        all.map(async ({ name, work }) => settle(() => request(work, find(name)))),
      );
      const ready = requests.flatMap((one) => (one.ok ? [one.value] : []));
      const revisions = ready.length > 0 ? await apply(ledger, ready) : [];
      hintUnchanged(context, revisions);
      const found = revisions.values();
      return requests.map((one): Outcome<Done> => {
        if (!one.ok) return one;
        return { ok: true, value: { key: one.value.key, found: found.next().value ?? [] } };
      });
    },
    output: revised,
  });
}
