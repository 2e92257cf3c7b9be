import type { INodeProperties } from 'n8n-workflow';

import type { Resource } from '../../shared/operation';
import { recordOperation } from '../../shared/records/operation';
import {
  deleteRecord,
  getManyRecords,
  getRecord,
  updateRecord,
} from '../../shared/records/operations';
import { xCart } from '../connection';
import { productLocator } from '../locators';
import { fileFields, readFileFields } from './files';
import { type Thing, thingKind, thingLocator } from './things';
import { number, text } from './words';

const title = text('Title', 'title', {
  placeholder: 'e.g. Manual',
  description: 'Up to 128 characters',
});
const more: INodeProperties[] = [
  text('Access', 'access', {
    default: 'A',
    description: 'A: anyone. R: registered customers. A number: customers with this membership ID.',
  }),
  text('Description', 'description', { description: 'Up to 128 characters' }),
  number('Position', 'position'),
];

const ADD_ON = 'File Attachments';

const ATTACHMENT: Thing = {
  name: 'Attachment',
  value: 'attachment',
  many: 'attachments of a product',
  method: 'searchAttachments',
  parent: productLocator,
  path: (product) => ['products', product, 'attachments'],
  addOn: ADD_ON,
  optional: [title, ...more],
  entry: ['title', 'url'],
};

export const attachmentLocator = thingLocator(ATTACHMENT);

const kind = thingKind(ATTACHMENT, attachmentLocator);
const changing = {
  ...kind,
  descriptions: { update: 'Change the words of an attachment; the file itself stays' },
};

const add = recordOperation(xCart, {
  name: 'Create',
  value: 'create',
  action: 'Create attachment',
  description: `Add a file to a product for customers to download. Needs the add-on ${ADD_ON}.`,
  on: [productLocator],
  fields: [
    { ...title, required: true },
    ...fileFields,
    {
      displayName: 'Additional Fields',
      name: 'additionalFields',
      type: 'collection',
      placeholder: 'Add Field',
      default: {},
      options: more,
    },
  ],
  work: async ({ client }, [productId], one) => {
    const { read, index } = one;
    return await client.at('products', productId, 'attachments').create({
      title: read<string>('title', index),
      ...(await readFileFields(one, 'external_url')),
      ...read<object>('additionalFields', index, {}),
    });
  },
});

export const attachment: Resource = {
  name: 'Attachment',
  value: 'attachment',
  operations: [
    add,
    deleteRecord(xCart, kind),
    getRecord(xCart, kind),
    getManyRecords(xCart, kind),
    updateRecord(xCart, changing),
  ],
};
