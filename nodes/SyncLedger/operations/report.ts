import { sortBy } from 'lodash';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { formOf } from '../../../core/report/form';
import { alertOf, digestOf, needsSomebody, type ReportOptions } from '../../../core/report/report';
import { countOf, type Stopped } from '../../../core/report/stopped';
import { resultItem } from '../../shared/items';
import type { Operation } from '../../shared/operation';
import { type ParameterReader, parameterReader } from '../../shared/parameters';
import { type AnySteps, itemSteps, once, together } from '../../shared/steps';
import { flagOf } from '../../shared/typed';
import { flowNameOf } from '../fields/flow';
import { openScoped, scopeFields } from '../fields/scope';
import { newestStopped, stoppedOf } from '../stopped';
import { written } from './output';

/** Values of the parameter `reportOn`. */
const ITEMS = 'items';
const LEDGER = 'ledger';

const DEFAULT_MAX_NUMBERS = 20;
/** So many of each state are looked at, */
const MOST_LOOKED_AT = 1000;
/** and so many in all can be ticked one by one. */
const MOST_CHOICES = 200;

const reportOn: INodeProperties = {
  displayName: 'Report On',
  name: 'reportOn',
  type: 'options',
  noDataExpression: true,
  options: [
    {
      name: 'Input Items',
      value: ITEMS,
      description:
        'What the input items say was given up or held, and what the trigger says of a fault of the mapping; nothing is put out where none was',
    },
    {
      name: 'Ledger',
      value: LEDGER,
      description: 'All that was given up or is held by now, and how much lies in which flow',
    },
  ],
  default: ITEMS,
  description:
    'What is told. One item is put out for all of it: an e-mail, not one for each record.',
};

const forLedger = (field: INodeProperties): INodeProperties => ({
  ...field,
  displayOptions: { show: { reportOn: [LEDGER], ...field.displayOptions?.show } },
});

const whenAllIsWell = forLedger({
  displayName: 'Report When All Is Well',
  name: 'whenAllIsWell',
  type: 'boolean',
  default: true,
  description: 'Whether to put out a report also where nothing waits for anybody',
});

const link: INodeProperties = {
  displayName: 'Link to Repair',
  name: 'link',
  type: 'string',
  default: '',
  placeholder: 'e.g. https://n8n.example.com/form/…',
  description:
    'Where a person sends again or discards: the Production URL of the form in the operations template. It stands at the end of the message.',
};

const more: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: [
    {
      displayName: 'Numbers per Reason',
      name: 'maxNumbers',
      type: 'number',
      typeOptions: { minValue: 1 },
      default: DEFAULT_MAX_NUMBERS,
      description: 'How many records are named for each reason; the others are counted',
    },
  ],
};

const properties: INodeProperties[] = [
  reportOn,
  ...scopeFields({ allFormerly: true }).map(forLedger),
  whenAllIsWell,
  link,
  more,
];

function optionsOf(read: ParameterReader): ReportOptions {
  const { maxNumbers = DEFAULT_MAX_NUMBERS } = read.forAll<{ maxNumbers?: number }>(more, {});
  const repair = read.forAll<string>(link, '').trim();
  return { maxNumbers, ...(repair !== '' && { link: repair }) };
}

/** One message for all items: it leaves in the place of the first. */
function ofItems(context: IExecuteFunctions, options: ReportOptions): AnySteps {
  const flow = flowNameOf(context) ?? context.getWorkflow().name;
  return itemSteps<{ stopped?: Stopped }, object[]>({
    prepare: ({ json }) => ({ stopped: stoppedOf(json, flow) }),
    run: together((all) => {
      const records = all.flatMap(({ stopped }) => stopped ?? []);
      const counts = {
        dead: countOf(records, 'dead'),
        held: countOf(records, 'held'),
        heldByMapping: countOf(records, 'retry'),
      };
      const message = { ...written(alertOf(records, options)), ...counts, records };
      const messages = records.length > 0 ? [message] : [];
      return Promise.resolve(all.map((_, place) => (place === 0 ? messages : [])));
    }),
    output: (_item, messages, index) => messages.map((message) => resultItem(message, index)),
  });
}

async function ofLedger(context: IExecuteFunctions, options: ReportOptions): Promise<AnySteps> {
  const read = parameterReader(context);
  const { ledger, scope } = await openScoped(context);
  const isAlways = flagOf('whenAllIsWell', read.forAll(whenAllIsWell, true));
  return once(async () => {
    const now = new Date();
    const { total, flows } = await ledger.statistics({ flow: scope.flow });
    const stopped = await newestStopped(ledger, scope.flow, MOST_LOOKED_AT);
    const situation = { flows, stopped, now: now.getTime() };
    if (!isAlways && !needsSomebody(situation)) return [];
    const page = digestOf(situation, options);
    const { dead, held, pending, retry } = total.states;
    const { heldByMapping } = total;
    const counts = { dead, held, waiting: pending + retry, heldByMapping };
    const records = sortBy(stopped, ({ isForPerson }) => !isForPerson).slice(0, MOST_CHOICES);
    const formFields = formOf(page, { records, counts, now });
    return [{ ...written(page), ...counts, records, formFields }];
  });
}

export const report: Operation = {
  name: 'Write Report',
  value: 'report',
  action: 'Write report',
  description:
    'Say in one message what was given up or is held: number, reason and repair, as subject, text and HTML',
  properties,
  async start(context) {
    const read = parameterReader(context);
    const options = optionsOf(read);
    const isOnItems = read.forAll(reportOn) === ITEMS;
    return isOnItems ? ofItems(context, options) : await ofLedger(context, options);
  },
};
