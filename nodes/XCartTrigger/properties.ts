import type { INodeProperties } from 'n8n-workflow';

const withWebhook = { show: { receiveBy: ['both', 'webhook'] } };
const withPoll = { show: { receiveBy: ['both', 'poll'] } };

const options: INodeProperties[] = [
  {
    displayName: 'Catch-Up Hours',
    name: 'catchUpHours',
    type: 'number',
    typeOptions: { minValue: 0 },
    default: 24,
    description:
      'How far to look back after n8n was started or the workflow was published, and once a day; two hours every hour. Orders whose execution was cut off before the Sync Ledger knew them then come again, and it skips what is done. Only where a Sync Ledger node (or a sub-workflow) follows. 0 turns it off.',
  },
  {
    displayName: 'Delivery ID Header',
    name: 'deliveryHeader',
    type: 'string',
    default: '',
    placeholder: 'e.g. X-Webhook-Delivery',
    description:
      'Header of the store add-on that stays the same when a delivery is sent again. A delivery that was handed over is not handed over twice. Empty: X-Webhook-Delivery.',
  },
  {
    displayName: 'Max Orders per Poll',
    name: 'maxOrders',
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
    description:
      'Stretch before the last poll that is read again, for orders that the store saved late. Unchanged orders are dropped.',
  },
  {
    displayName: 'Secret Header',
    name: 'plainHeader',
    type: 'string',
    default: '',
    placeholder: 'e.g. X-Webhook-Secret',
    description:
      'Header of the store add-on that carries the webhook secret. Empty: X-Webhook-Secret.',
  },
  {
    displayName: 'Signature Header',
    name: 'signatureHeader',
    type: 'string',
    default: '',
    placeholder: 'e.g. X-Webhook-Signature',
    description:
      'Header of the store add-on that carries the HMAC-SHA256 of the body as sha256=…. One of both headers is enough; where both are sent, both must be right. Empty: X-Webhook-Signature.',
  },
];

export const properties: INodeProperties[] = [
  {
    displayName: 'Receive Orders By',
    name: 'receiveBy',
    type: 'options',
    noDataExpression: true,
    options: [
      {
        name: 'Webhook and Poll',
        value: 'both',
        description: 'The webhook is fast, the poll catches what it missed',
      },
      {
        name: 'Poll Only',
        value: 'poll',
        description: 'Asks the store at the poll times. Needs no add-on.',
      },
      {
        name: 'Webhook Only',
        value: 'webhook',
        description: 'A delivery that is lost is not looked for',
      },
    ],
    default: 'both',
  },
  {
    displayName:
      'X-Cart itself sends no webhooks: enter the production URL above and the webhook secret of the credential in the store add-on that does. Without one, polling finds every order.',
    name: 'webhookNotice',
    type: 'notice',
    default: '',
    displayOptions: withWebhook,
  },
  {
    displayName: 'Events',
    name: 'events',
    type: 'multiOptions',
    options: [
      { name: 'Order Changed', value: 'order.changed' },
      { name: 'Order Created', value: 'order.created' },
    ],
    default: ['order.created', 'order.changed'],
    description: 'What to start the workflow for. None: both.',
  },
  {
    displayName: 'Payment Status Names or IDs',
    name: 'paymentStatuses',
    type: 'multiOptions',
    typeOptions: { loadOptionsMethod: 'getPaymentStatuses' },
    default: [],
    description:
      'Only orders with one of these payment statuses. None: all. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
  },
  {
    displayName: 'Shipping Status Names or IDs',
    name: 'shippingStatuses',
    type: 'multiOptions',
    typeOptions: { loadOptionsMethod: 'getShippingStatuses' },
    default: [],
    description:
      'Only orders with one of these shipping statuses. None: all. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
  },
  {
    displayName: 'Start From',
    name: 'startFrom',
    type: 'dateTime',
    default: '',
    displayOptions: withPoll,
    description:
      'Orders changed at this time or later are put out. Empty: only what changes after the workflow was published for the first time. Changing it starts again from there.',
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options,
  },
];
