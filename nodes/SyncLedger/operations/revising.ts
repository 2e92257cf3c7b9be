import { uniq } from 'lodash';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { Ledger, Revision } from '../../../core/ledger/ledger';
import { type Outcome, settle } from '../../../core/outcome';
import { parameterReader, type ParameterReader } from '../../shared/parameters';
import { type AnySteps, itemSteps } from '../../shared/steps';
import { type RecordName, recordNameOf } from '../fields/record';
import { hint, openScoped } from '../fields/scope';
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

/** For each name the key of its record. */
async function keyFinder(ledger: Ledger, names: Named[]): Promise<(name: Named) => string> {
  const numbers = uniq(names.flatMap((name) => ('number' in name ? [name.number] : [])));
  const found = numbers.length > 0 ? await ledger.lookUpByNumber(numbers) : [];
  const views = new Map(numbers.map((number, place) => [number, found[place] ?? []]));
  return (name) => {
    if ('key' in name) return name.key;
    const all = views.get(name.number) ?? [];
    const meant = all.filter(({ flow }) => name.flow === undefined || flow === name.flow);
    return onlyKey(name.number, uniq(meant.map(({ key }) => key)));
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
  const ledger = { ...(first && { number: first.number }), key, state, changed };
  return withField(item, 'ledger', ledger, index);
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
      // An item of List Dead Letters or List Held says itself which flow it is of.
      const flow = textOf(item.json.flow) ?? scope.flow;
      return {
        name: { ...recordNameOf(read, item, index), flow },
        work: prepare(read, item, index),
      };
    },
    run: async (all) => {
      const keyOf = await keyFinder(
        ledger,
        all.map(({ name }) => name),
      );
      const requests = await Promise.all(
        all.map(async ({ name, work }) =>
          settle(() => request(work, { key: keyOf(name), flow: name.flow })),
        ),
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
