import { isEqual, omit } from 'lodash';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { ResendQuery, ResentRecord } from '../../../core/ledger/ledger';
import { momentIn } from '../../../core/values';
import { limit, returnAll } from '../../shared/fields';
import { resultItem } from '../../shared/items';
import type { Operation } from '../../shared/operation';
import { type ParameterReader, parameterReader } from '../../shared/parameters';
import { itemSteps, together } from '../../shared/steps';
import { flagOf, readLimitForAll } from '../../shared/typed';
import { listOf } from '../fields/list';
import { type FlowScope, hint, openScoped, scopeFields } from '../fields/scope';
import { presentResent } from '../present';

const onlyLook: INodeProperties = {
  displayName: 'Only Look',
  name: 'onlyLook',
  type: 'boolean',
  default: true,
  description: 'Whether to only list what would be sent again',
};

const waitForSource: INodeProperties = {
  displayName: 'Wait for Their Source',
  name: 'waitForSource',
  type: 'boolean',
  default: false,
  description:
    'Whether records whose document the ledger does not keep any more wait until their source brings them in again, such as a node that reads the orders in front of Claim. Otherwise they are left as they are.',
};

const filters: INodeProperties = {
  displayName: 'Filters',
  name: 'filters',
  type: 'collection',
  placeholder: 'Add Filter',
  default: {},
  options: [
    {
      displayName: 'Finished After',
      name: 'finishedAfter',
      type: 'dateTime',
      default: '',
      description: 'Only records that were sent or skipped at this time or later',
    },
    {
      displayName: 'Finished Before',
      name: 'finishedBefore',
      type: 'dateTime',
      default: '',
      description: 'Only records that were sent or skipped before this time',
    },
    {
      displayName: 'Numbers',
      name: 'numbers',
      type: 'string',
      default: '',
      placeholder: 'e.g. 1001, 1002',
      description:
        'Only records with one of these numbers, with commas between. The number of an order is what the shop calls it; a record without one is known by its ID.',
    },
    {
      displayName: 'Outcome',
      name: 'outcome',
      type: 'options',
      options: [
        { name: 'Any', value: 'any' },
        { name: 'Sent', value: 'done' },
        { name: 'Skipped', value: 'skipped', description: 'Discarded, or nothing was to be sent' },
      ],
      default: 'done',
      description:
        'What had become of the records; without this filter only what was sent is sent again',
    },
  ],
};

interface Filters {
  finishedAfter?: unknown;
  finishedBefore?: unknown;
  numbers?: unknown;
  outcome?: string;
}

const isBlank = (value: unknown): boolean => String(value ?? '').trim() === '';

const FILTERS = {
  numbers: 'Numbers',
  finishedAfter: 'Finished After',
  finishedBefore: 'Finished Before',
} as const;

/** A filter that was added and says nothing would let through all: an expression may have found nothing. */
function refuseBlank(context: IExecuteFunctions, given: Filters): void {
  const added = Object.keys((context.getNode().parameters.filters ?? {}) as object);
  for (const [name, label] of Object.entries(FILTERS)) {
    if (!added.includes(name) || !isBlank(given[name as keyof typeof FILTERS])) continue;
    throw validationError(
      `The filter ${label} is empty, and would send all that is finished`,
      `Enter ${label}, check what its expression finds in the item, or remove the filter.`,
    );
  }
}

/** One query for all items, each of which may name numbers of its own. */
function merged(all: Filters[]): Filters {
  const [first = {}] = all;
  if (all.every((given) => given === first)) return first;
  if (all.some((given) => !isEqual(omit(given, 'numbers'), omit(first, 'numbers')))) {
    throw validationError(
      'Filters differ from item to item in more than their Numbers',
      'Run Resend once for each, such as with Loop Over Items, or use a fixed value.',
    );
  }
  return { ...first, numbers: all.flatMap(({ numbers }) => listOf(numbers)).join() };
}

function momentOf(value: unknown, zone: string, field: string): number | undefined {
  if (isBlank(value)) return undefined;
  const moment = momentIn(value, { zone });
  if (moment !== undefined) return moment;
  throw validationError(`${field} is no date`, 'Write it such as 2026-01-31T00:00:00Z.');
}

const STATES: Readonly<Record<string, ResendQuery['states']>> = {
  any: undefined,
  done: ['done'],
  skipped: ['skipped'],
};

function queryOf(read: ParameterReader, given: Filters): Omit<ResendQuery, 'flow'> {
  const zone = read.timezone();
  const numbers = listOf(given.numbers);
  const { outcome = 'done' } = given;
  return {
    limit: readLimitForAll(read),
    ...(numbers.length > 0 && { numbers }),
    states: STATES[outcome],
    from: momentOf(given.finishedAfter, zone, 'Finished After'),
    to: momentOf(given.finishedBefore, zone, 'Finished Before'),
  };
}

const many = (count: number): string => (count === 1 ? '1 record' : `${count} records`);

function withoutDocument(count: number, waits: boolean): string {
  const kept = `Of ${many(count)} more the ledger keeps no document any more.`;
  return waits
    ? `${kept} Bring them in again, such as with a node that reads the orders in front of Claim: then they go.`
    : `${kept} They are left as they are; <b>Wait for Their Source</b> lets them go when they are brought in again.`;
}

/** What is not to be seen in the items: how many, what of them cannot go by itself, and what was not found. */
function summary(
  found: ResentRecord[],
  { isLook, hasMore, waits, scope, numbers = [] }: Summary,
): string {
  const missing = numbers.filter((wanted) => !found.some(({ number }) => number === wanted));
  const without = found.filter(({ hasDocument }) => !hasDocument).length;
  const going = found.length - without;
  const go = isLook
    ? `${many(going)} would be sent again. Turn off <b>Only Look</b> to send.`
    : `${many(going)} will be sent again, by the Sync Ledger Trigger of the published workflow.`;
  const sentences = [
    found.length > 0 ? go : `No finished records ${scope.words} match the filters.`,
    without > 0 && withoutDocument(without, waits),
    hasMore && 'There are more: raise Limit, or turn on Return All.',
    missing.length > 0 &&
      found.length > 0 &&
      !hasMore &&
      `Nothing finished has the number ${missing.join(', ')}.`,
  ];
  return sentences.filter(Boolean).join(' ');
}

interface Summary {
  isLook: boolean;
  hasMore: boolean;
  /** Whether what has no document waits for its source. */
  waits: boolean;
  scope: FlowScope;
  numbers?: string[];
}

async function resendAll(
  context: IExecuteFunctions,
  read: ParameterReader,
  filters: Filters,
): Promise<IDataObject[]> {
  const isLook = flagOf('onlyLook', read.forAll(onlyLook, true));
  const query = queryOf(read, filters);
  const { ledger, scope } = await openScoped(context);
  const waits = flagOf('waitForSource', read.forAll(waitForSource, false));
  const asked = { ...query, flow: scope.flow, waitsForSource: waits };
  // One more than asked for tells whether there are more.
  const looked = await ledger.resend({ ...asked, limit: query.limit + 1 }, { lookOnly: true });
  const hasMore = looked.length > query.limit;
  const found = isLook ? looked.slice(0, query.limit) : await ledger.resend(asked);
  hint(context, summary(found, { isLook, hasMore, waits, scope, numbers: query.numbers }));
  return found.map(presentResent);
}

export const resend: Operation = {
  name: 'Resend',
  value: 'resend',
  action: 'Resend records',
  description:
    'Send finished records again as they are, such as after a column was mapped that was not. What stands in the target already stays as it is.',
  properties: [onlyLook, waitForSource, returnAll, limit, ...scopeFields(), filters],
  start(context) {
    const read = parameterReader(context);
    return itemSteps<Filters, IDataObject[]>({
      prepare(_item, index) {
        const given = read<Filters>('filters', index, {});
        refuseBlank(context, given);
        return given;
      },
      // Once for all of them, and put out by the first: what is finished is there for none in particular.
      run: together(async (all) => {
        const found = await resendAll(context, read, merged(all));
        return all.map((_, place) => (place === 0 ? found : []));
      }),
      output: (_item, found, index) => found.map((record) => resultItem(record, index)),
    });
  },
};
