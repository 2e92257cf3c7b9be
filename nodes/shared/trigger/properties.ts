import { camelCase, sortBy, upperFirst } from 'lodash';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { oneOf, placeOf, type RecordIdentity } from '../../../core/feeds/records';
import { authenticationField } from '../credentials';
import type {
  AnyKind,
  StoreTriggerDefinition,
  TriggerStore,
  TriggerWebhook,
  TriggerWords,
} from './definition';
import { sampleProperties } from './sample';
import { titled } from './words';

const WITH_WEBHOOK = { show: { receiveBy: ['both', 'webhook'] } };
const WITH_POLL = { show: { receiveBy: ['both', 'poll'] } };

/** Of what is followed; only the words are needed here. */
type Followed = Pick<RecordIdentity<never>, 'kind' | 'many' | 'one' | 'place'>;

/** Value of *Start From* that brings all that there is. */
export const EVERYTHING = 'everything';

/** Which kind of record is followed; only where there is a choice. */
export const KIND_PARAMETER = 'triggerOn';

/** A name for each kind, because its values are: what was chosen for one must not stay behind for another. */
export function eventsParameter(
  { type }: AnyKind<never>,
  [first]: StoreTriggerDefinition<never>['kinds'],
): string {
  return type.kind === first.type.kind ? 'events' : `${type.kind}Events`;
}

/** `maxOrders` */
export function maxParameter({ many }: Pick<Followed, 'many'>): string {
  return `max${upperFirst(camelCase(many))}`;
}

const overlap = ({ many, ...rest }: Followed): INodeProperties => ({
  displayName: 'Overlap Minutes',
  name: 'overlapMinutes',
  type: 'number',
  typeOptions: { minValue: 0 },
  default: 5,
  description: `Stretch before the last poll that is read again, for ${many} that the ${placeOf(rest)} saved late. Unchanged ${many} are dropped.`,
});

function pollOptions(followed: Followed): INodeProperties[] {
  const { many } = followed;
  const Many = upperFirst(many);
  return [
    {
      displayName: 'Catch-Up Hours',
      name: 'catchUpHours',
      type: 'number',
      typeOptions: { minValue: 0 },
      default: 24,
      description: `How far to look back after n8n was started or the workflow was published, and once a day; two hours every hour. ${Many} whose execution was cut off before the Sync Ledger knew them then come again, and it skips what is done. Only where a Sync Ledger node (or a sub-workflow) follows. 0 turns it off.`,
    },
    {
      displayName: `Max ${titled(many)} per Poll`,
      name: maxParameter(followed),
      type: 'number',
      typeOptions: { minValue: 1 },
      default: 1000,
      description: 'The oldest changes come first; what is left over comes with the next poll',
    },
    {
      displayName: 'Output',
      name: 'output',
      type: 'options',
      options: [
        {
          name: 'Document',
          value: 'document',
          description: `The ${oneOf(followed)} as the ${placeOf(followed)} has it, with its source beside it: what the other nodes of this package read`,
        },
        {
          name: 'Event',
          value: 'event',
          description:
            'The same fields for every store: event, store, ID, occurredAt, and the document in one field. Sync Ledger and Commerce Map understand it, too.',
        },
      ],
      default: 'document',
      description:
        'What an item is. For the Sync Ledger, what was put out in the other way before counts as changed.',
    },
  ];
}

/** The ways in which records can be received. */
const waysToReceive = (
  { pollOnly, poll = 'Poll' }: TriggerWords,
  { sender, sendsAgain = true }: Pick<TriggerWebhook<unknown>, 'sender' | 'sendsAgain'>,
): INodePropertyOptions[] => [
  {
    name: `Webhook and ${poll}`,
    value: 'both',
    description: `The webhook of ${sender} is fast, the ${poll.toLowerCase()} catches what it missed`,
  },
  { name: `${poll} Only`, value: 'poll', description: pollOnly },
  {
    name: 'Webhook Only',
    value: 'webhook',
    description: sendsAgain
      ? `A delivery of ${sender} that is lost is not looked for`
      : `What ${sender} cannot deliver is lost: it is not sent again, and no poll looks for it. Once a day the log says so.`,
  },
];

function receiving<Store>(
  { many }: Followed,
  words: TriggerWords,
  webhook: TriggerWebhook<Store>,
): INodeProperties[] {
  const { notice, sender, sendsAgain } = webhook;
  const receiveBy: INodeProperties = {
    displayName: `Receive ${titled(many)} By`,
    name: 'receiveBy',
    type: 'options',
    noDataExpression: true,
    options: waysToReceive(words, { sender, sendsAgain }),
    default: 'both',
  };
  if (notice === undefined) return [receiveBy];
  return [
    receiveBy,
    {
      displayName: notice,
      name: 'webhookNotice',
      type: 'notice',
      default: '',
      displayOptions: WITH_WEBHOOK,
    },
  ];
}

function startFrom({ type, startNote, startsAtOnce }: AnyKind<never>): INodeProperties {
  const { many } = type;
  const note = startNote ? ` ${startNote}` : '';
  const shared = { displayName: 'Start From', name: 'startFrom' };
  if (startsAtOnce) {
    return {
      ...shared,
      type: 'options',
      noDataExpression: true,
      options: [
        {
          name: 'All There Are',
          value: EVERYTHING,
          description: `All ${many}, then what changes. A great many come over several polls.`,
        },
        {
          name: 'Now',
          value: '',
          description: 'Only what changes after the workflow was published for the first time',
        },
      ],
      default: '',
      description: `What is put out first. Changing it starts again.${note}`,
    };
  }
  return {
    ...shared,
    type: 'dateTime',
    default: '',
    description: `${upperFirst(many)} changed at this time or later are put out. Empty: only what changes after the workflow was published for the first time. Changing it starts again from there.${note}`,
  };
}

/** The parameters of a trigger that follows this kind. */
function kindProperties<Store extends TriggerStore>(
  followed: AnyKind<Store>,
  { kinds, words, webhook }: StoreTriggerDefinition<Store>,
): INodeProperties[] {
  const { type, fields = [], filters = [], options = [] } = followed;
  const { kind } = type;
  const One = titled(oneOf(type));
  return [
    ...fields,
    ...sampleProperties(followed),
    ...(webhook ? receiving(type, words, webhook) : []),
    {
      displayName: 'Events',
      name: eventsParameter(followed, kinds),
      type: 'multiOptions',
      options: [
        { name: `${One} Changed`, value: `${kind}.changed` },
        { name: `${One} Created`, value: `${kind}.created` },
        ...(followed.tellsDeleted ? [{ name: `${One} Deleted`, value: `${kind}.deleted` }] : []),
      ],
      default: [`${kind}.created`, `${kind}.changed`],
      description: `What to start the workflow for. None: ${followed.tellsDeleted ? 'all. Deleted is not chosen to begin with: of what is gone there is the ID alone' : 'both'}.`,
    },
    ...filters.map(({ property }) => property),
    { ...startFrom(followed), ...(webhook && { displayOptions: WITH_POLL }) },
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add option',
      default: {},
      options: sortBy(
        [
          ...pollOptions(type),
          ...(followed.startsAtOnce ? [] : [overlap(type)]),
          ...options,
          ...(webhook?.options ?? []),
        ],
        'displayName',
      ),
    },
  ];
}

/** Shown for one kind alone: what is of the same name is another parameter for each, and keeps its value. */
function onlyFor({ type }: AnyKind<never>, property: INodeProperties): INodeProperties {
  const show = { ...property.displayOptions?.show, [KIND_PARAMETER]: [type.kind] };
  return { ...property, displayOptions: { ...property.displayOptions, show } };
}

/** The parameters of a store's trigger, with the words of its definition. */
export function triggerProperties<Store extends TriggerStore>(
  definition: StoreTriggerDefinition<Store>,
): INodeProperties[] {
  const { kinds, credential } = definition;
  const [first, ...others] = kinds;
  const byDefault = first.type.kind;
  const signIn = typeof credential === 'string' ? [] : [authenticationField(credential)];
  if (others.length === 0) return [...signIn, ...kindProperties(first, definition)];
  return [
    ...signIn,
    {
      displayName: 'Trigger On',
      name: KIND_PARAMETER,
      type: 'options',
      noDataExpression: true,
      options: kinds.map(({ type: { kind, many } }) => ({
        name: titled(many),
        value: kind,
      })),
      default: byDefault,
      description: 'What to start the workflow for: one node follows one kind of records',
    },
    ...kinds.flatMap((kind) =>
      kindProperties(kind, definition).map((property) => onlyFor(kind, property)),
    ),
  ];
}
