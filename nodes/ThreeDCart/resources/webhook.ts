import type { INodeProperties } from 'n8n-workflow';

import type { Webhook } from '../../../core/stores/threedcart/wire';
import { flag, text } from '../../shared/entry';
import type { Resource } from '../../shared/operation';
import type { RecordKind } from '../../shared/records/kind';
import {
  createRecord,
  deleteRecord,
  getManyRecords,
  updateRecord,
} from '../../shared/records/operations';
import { eachItem } from '../../shared/steps';
import { type Store, threeDCart } from '../connection';
import { webhookLocator } from '../locators';

const format: INodeProperties = {
  displayName: 'Format',
  name: 'Format',
  type: 'options',
  options: [
    { name: 'JSON', value: 'JSON' },
    { name: 'XML', value: 'XML' },
  ],
  default: 'JSON',
};

const named: INodeProperties[] = [
  text('Name', 'Name', { required: true }),
  text('URL', 'Url', {
    required: true,
    placeholder: 'e.g. https://n8n.example/webhook/…',
    description: 'Where 3dcart sends to. It signs nothing: put a secret into the address.',
  }),
];

const eventType: INodeProperties = {
  displayName: 'Event Name or ID',
  name: 'EventType',
  type: 'options',
  typeOptions: { loadOptionsMethod: 'getWebhookEvents' },
  default: '',
  required: true,
  description:
    'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

const optional = [flag('Enabled', 'Enabled', '3dcart sends anything', { default: true }), format];

const kind: RecordKind<Store, Webhook, void, 'create' | 'pages' | 'remove' | 'update'> = {
  one: 'webhook',
  many: 'webhooks',
  locator: webhookLocator,
  required: [...named, eventType],
  optional,
  document: ({ EventType, ...fields }) => ({
    Enabled: true,
    Format: 'JSON',
    ...fields,
    EventType: Number(EventType),
  }),
  simple: ['Id', 'Name', 'Url', 'EventType', 'Enabled', 'Format'],
  open: ({ client: { webhooks } }) => ({
    ...webhooks,
    async *pages() {
      yield await webhooks.list();
    },
  }),
};

export const webhook: Resource = {
  name: 'Webhook',
  value: 'webhook',
  operations: [
    createRecord(threeDCart, kind),
    deleteRecord(threeDCart, kind),
    {
      name: 'Get Events',
      value: 'getEvents',
      action: 'Get events of webhooks',
      description: 'Get what 3dcart can tell of, one item for each event',
      properties: [],
      onlyReads: true,
      start: eachItem(threeDCart.open, async ({ client }) => await client.webhooks.events()),
    },
    getManyRecords(threeDCart, kind),
    updateRecord(threeDCart, {
      ...kind,
      required: named,
      document: undefined,
      descriptions: {
        update: 'Change a webhook. What it tells of stays: for that make a new one.',
      },
    }),
  ],
};
