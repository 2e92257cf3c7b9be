import { get, omit, partition } from 'lodash';
import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
} from 'n8n-workflow';

import type { RecordSource } from '../../../core/commerce/source';
import { validationError } from '../../../core/errors';
import { contentHash, type CanonicalOptions } from '../../../core/ledger/hash';
import type { ClaimOutcome, ClaimRequest } from '../../../core/ledger/ledger';
import { patiently } from '../../../core/ledger/patience';
import { numberIn } from '../../../core/values';
import { isByHand } from '../../shared/byHand';
import { DRY_RUN } from '../../shared/dryClaim';
import { dryByPath, leadsToDryRun } from '../../shared/dryPath';
import type { Operation } from '../../shared/operation';
import { requireOneAddress, storesOf } from '../../shared/oneStore';
import { parameterReader, type ParameterReader } from '../../shared/parameters';
import { itemSteps, together } from '../../shared/steps';
import { reportClaimed, reportUnclaimed } from '../../shared/unclaimed';
import { noteSettled } from '../../shared/underway';
import { ledgerOf } from '../connection';
import { dryRunFields } from '../fields/dryRun';
import { flowField, flowNameOf, flowOf } from '../fields/flow';
import { listOf } from '../fields/list';
import { recordFields, recordKeyOf } from '../fields/record';
import { sourceOf, versionField, versionFor } from '../fields/version';
import { lookAtAll, type Looked } from './looking';
import { withField } from './output';
import { withoutOwnWrites } from './ownWrites';
import { rehearseAll, type Rehearsed } from './rehearsing';

const MINUTE_MS = 60_000;

const options: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: [
    {
      displayName: 'Compare Only Fields',
      name: 'compareFields',
      type: 'string',
      default: '',
      placeholder: 'e.g. payment_status, items, total',
      description:
        'Fields that decide whether a record has changed, with commas between; leave empty for all fields',
    },
    {
      displayName: 'Ignore Fields',
      name: 'ignoreFields',
      type: 'string',
      default: '',
      placeholder: 'e.g. update_date, items.updated',
      description:
        'Fields whose change alone is no change of the record, with commas between, besides those that the trigger names in the source of the item. A field inside a list is meant in every element.',
    },
    {
      displayName: 'Lease Minutes',
      name: 'leaseMinutes',
      type: 'number',
      typeOptions: { minValue: 1 },
      default: 5,
      description:
        'How long a record is kept for this run. After that another run may take it, should this one have died. The nodes of this package that write renew it while they work; raise it where other nodes between Claim and them take longer. In a test run the time begins when a node that writes takes the record.',
    },
    versionField,
  ],
};

const testRun: INodeProperties = {
  displayName:
    'A test run in the editor only looks, also in a sub-workflow that it calls: it says what would be sent, and takes nothing. A record is taken when a node of this package that writes runs in the same run: what is completed then is not sent again, and what is not is given back as it was. What would be skipped goes on, too, to try a mapping with it, and is not written.',
  name: 'testRun',
  type: 'notice',
  default: '',
  displayOptions: { show: { [DRY_RUN]: [false] } },
};

/** What of a document decides whether it has changed. */
interface Comparison {
  fields: string[];
  ignore: string[];
}

function comparisonOf(read: ParameterReader, index: number): Comparison {
  return {
    fields: listOf(read('options.compareFields', index, '')),
    ignore: listOf(read('options.ignoreFields', index, '')),
  };
}

/** The fields that the node's options leave out, and those that the store moves by itself. */
function ignoredOf(ignore: string[], { volatile }: Partial<RecordSource>): CanonicalOptions {
  const moved = Array.isArray(volatile) ? volatile : [];
  return ignore.length + moved.length > 0 ? { ignore: new Set([...ignore, ...moved]) } : {};
}

function hashOf(
  document: IDataObject,
  source: Partial<RecordSource>,
  { fields, ignore }: Comparison,
): string {
  const canonical = ignoredOf(ignore, source);
  if (fields.length === 0) return contentHash(document, canonical);
  const chosen = Object.fromEntries(fields.map((field) => [field, get(document, field)]));
  return contentHash(chosen, canonical);
}

/** A retry goes back to the flow it came from, wherever it is claimed. */
function flowFor({ event, flow: from }: Partial<RecordSource>, flow: string): string {
  return event === 'retry' && typeof from === 'string' && from !== '' ? from : flow;
}

function leaseMsOf(read: ParameterReader): number {
  const minutes = numberIn(read.forAll('options.leaseMinutes', 5));
  if (minutes !== undefined && minutes > 0) return minutes * MINUTE_MS;
  throw validationError('Lease Minutes is no number above 0', 'Enter 5, or more for slow flows.');
}

function requestReader(context: IExecuteFunctions, read: ParameterReader) {
  const flow = flowOf(context);
  const flowName = flowNameOf(context);
  return (item: INodeExecutionData, index: number): ClaimRequest => {
    const payload = omit(item.json, 'claim', DRY_RUN);
    const source = sourceOf(item);
    const itsFlow = flowFor(source, flow);
    return {
      flow: itsFlow,
      ...(itsFlow === flow && { flowName }),
      key: recordKeyOf(read, item, index),
      hash: hashOf(omit(payload, 'source'), source, comparisonOf(read, index)),
      version: versionFor(read, item, index),
      payload,
    };
  };
}

/** What Claim has found of a record, in whichever way it was asked. */
type Asked = ClaimOutcome | Looked | Rehearsed;

/** Whether the record goes on to be sent. */
const goesOn = (outcome: Asked): boolean => 'attempt' in outcome || 'look' in outcome;

async function claimNow(
  context: IExecuteFunctions,
  requests: ClaimRequest[],
  leaseMs: number,
): Promise<ClaimOutcome[]> {
  const ledger = await ledgerOf(context);
  await requireOneAddress(ledger, storesOf(requests));
  const isGivenBack = leadsToDryRun(context);
  return await ledger.claim(await withoutOwnWrites(ledger, requests), { leaseMs, isGivenBack });
}

/**
 * Asks in a published workflow, and says whether it could: a trigger that has put out what could not be claimed puts it out
 * again.
 */
async function askForTrigger<Outcome extends Asked>(
  context: IExecuteFunctions,
  ask: () => Promise<Outcome[]>,
): Promise<Outcome[]> {
  const workflow = context.getWorkflow().id ?? '';
  const run = context.getExecutionId();
  let isClaimed = false;
  try {
    const outcomes = await patiently(ask, context.getExecutionCancelSignal());
    const skipped = outcomes.filter((outcome) => !goesOn(outcome));
    noteSettled(
      workflow,
      skipped.map(({ key }) => key),
    );
    isClaimed = true;
    return outcomes;
  } finally {
    (isClaimed ? reportClaimed : reportUnclaimed)(workflow, run);
  }
}

/** What is asked of the ledger for an item, and whether nothing is to be taken for it. */
interface Asking {
  request: ClaimRequest;
  isDry: boolean;
}

/** Asks for what is to be taken and for what is only rehearsed, each in the way that belongs to the run. */
async function askEach(
  context: IExecuteFunctions,
  all: Asking[],
  leaseMs: number,
): Promise<Asked[]> {
  const ask = async (
    some: Asking[],
    by: (requests: ClaimRequest[]) => Promise<Asked[]>,
  ): Promise<Iterator<Asked>> =>
    (some.length > 0 ? await by(some.map(({ request }) => request)) : []).values();
  const [dry, meant] = partition(all, ({ isDry }) => isDry);
  const isTestRun = isByHand(context);
  const taken = await ask(meant, async (requests) =>
    isTestRun
      ? await lookAtAll(context, requests, leaseMs)
      : await claimNow(context, requests, leaseMs),
  );
  const rehearsed = await ask(dry, async (requests) => await rehearseAll(context, requests));
  return all.map(({ isDry }) => (isDry ? rehearsed : taken).next().value as Asked);
}

/** Asks for all records together. */
async function askAll(
  context: IExecuteFunctions,
  all: Asking[],
  leaseMs: number,
): Promise<Asked[]> {
  const ask = async (): Promise<Asked[]> => await askEach(context, all, leaseMs);
  return isByHand(context) ? await ask() : await askForTrigger(context, ask);
}

/** What the item carries as `claim`. Of what a dry run has not taken, only the claim itself says which record it is. */
function claimField(outcome: Asked): IDataObject {
  const dropped = DRY_RUN in outcome ? [] : ['flow'];
  return omit(outcome, [...dropped, 'conflicts', 'seen']) as unknown as IDataObject;
}

/**
 * What a person said of conflicts stands in the source of the item, as it does when the ledger puts out a retry: a
 * trigger may bring the record before that. What the ledger does not say any more does not hold.
 */
function withConflicts(item: INodeExecutionData, outcome: Asked): INodeExecutionData {
  const conflicts = 'conflicts' in outcome ? outcome.conflicts : undefined;
  if (sourceOf(item).conflicts === conflicts) return item;
  const source = { ...omit(sourceOf(item), 'conflicts'), ...(conflicts && { conflicts }) };
  return { ...item, json: { ...item.json, source } };
}

/** The outputs of the node. */
const CLAIMED = 0;
const SKIPPED = 1;

export const claim: Operation = {
  name: 'Claim',
  value: 'claim',
  action: 'Claim records',
  description:
    'Take records that are new, changed or due again, and skip what was already sent or is being sent. A test run only looks.',
  properties: [...dryRunFields, testRun, ...recordFields('source', 'fields'), flowField, options],
  // Failed items leave by the second output, with the skipped ones: nobody holds a claim on them.
  outputs: 2,
  start(context) {
    const read = parameterReader(context);
    const leaseMs = leaseMsOf(read);
    const isAllDry = read.forAll(DRY_RUN, false) === true;
    const isDryItem = dryByPath(context);
    const requestOf = requestReader(context, read);
    return itemSteps<Asking, Asked>({
      // Behind another one in dry run, or a node that is dry, nothing is taken either: the nodes after it write nothing.
      prepare: (item, index) => ({
        request: requestOf(item, index),
        isDry: isAllDry || isDryItem(item),
      }),
      run: together<Asking, Asked>((all) => askAll(context, all, leaseMs)),
      route: (outcome) => (goesOn(outcome) ? CLAIMED : SKIPPED),
      output: (item, outcome, index) =>
        withField(withConflicts(item, outcome), 'claim', claimField(outcome), index),
    });
  },
};
