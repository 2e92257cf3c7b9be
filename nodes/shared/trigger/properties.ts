import { sortBy, upperFirst } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import { authenticationField } from '../credentials';
import type { StoreTriggerDefinition, TriggerStore, TriggerWebhook } from './definition';
import { sampleProperties } from './sample';

const WITH_WEBHOOK = { show: { receiveBy: ['both', 'webhook'] } };
const WITH_POLL = { show: { receiveBy: ['both', 'poll'] } };

/** Of what is followed; only the words are needed here. */
interface Followed {
  kind: string;
  many: string;
}

/** `maxOrders` */
export function maxParameter({ many }: Pick<Followed, 'many'>): string {
  return `max${upperFirst(many)}`;
}

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
      displayName: `Max ${Many} per Poll`,
      name: maxParameter(followed),
      type: 'number',
      typeOptions: { minValue: 1 },
      default: 1000,
      description: 'The oldest changes come first; what is left over comes with the next poll',
    },
    {
      displayName: 'Overlap Minutes',
      name: 'overlapMinutes',
      type: 'number',
      typeOptions: { minValue: 0 },
      default: 5,
      description: `Stretch before the last poll that is read again, for ${many} that the store saved late. Unchanged ${many} are dropped.`,
    },
  ];
}

function receiving<Store>(
  { many }: Followed,
  pollOnly: string,
  { notice, sender }: TriggerWebhook<Store>,
): INodeProperties[] {
  const receiveBy: INodeProperties = {
    displayName: `Receive ${upperFirst(many)} By`,
    name: 'receiveBy',
    type: 'options',
    noDataExpression: true,
    options: [
      {
        name: 'Webhook and Poll',
        value: 'both',
        description: `The webhook of ${sender} is fast, the poll catches what it missed`,
      },
      { name: 'Poll Only', value: 'poll', description: pollOnly },
      {
        name: 'Webhook Only',
        value: 'webhook',
        description: `A delivery of ${sender} that is lost is not looked for`,
      },
    ],
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

/** The parameters of a store's trigger, with the words of its definition. */
export function triggerProperties<Store extends TriggerStore, T extends object>({
  type: followed,
  words,
  credential,
  filters,
  webhook,
}: StoreTriggerDefinition<Store, T>): INodeProperties[] {
  const { kind, many } = followed;
  const Kind = upperFirst(kind);
  return [
    ...(typeof credential === 'string' ? [] : [authenticationField(credential)]),
    ...sampleProperties(followed),
    ...(webhook ? receiving(followed, words.pollOnly, webhook) : []),
    {
      displayName: 'Events',
      name: 'events',
      type: 'multiOptions',
      options: [
        { name: `${Kind} Changed`, value: `${kind}.changed` },
        { name: `${Kind} Created`, value: `${kind}.created` },
      ],
      default: [`${kind}.created`, `${kind}.changed`],
      description: 'What to start the workflow for. None: both.',
    },
    ...filters.map(({ property }) => property),
    {
      displayName: 'Start From',
      name: 'startFrom',
      type: 'dateTime',
      default: '',
      ...(webhook && { displayOptions: WITH_POLL }),
      description: `${upperFirst(many)} changed at this time or later are put out. Empty: only what changes after the workflow was published for the first time. Changing it starts again from there.`,
    },
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add option',
      default: {},
      options: sortBy([...pollOptions(followed), ...(webhook?.options ?? [])], 'displayName'),
    },
  ];
}
