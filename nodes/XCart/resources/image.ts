import type { INodeProperties } from 'n8n-workflow';

import type { Pages } from '../../../core/http/pages';
import type { WireRecord } from '../../../core/stores/xcart/wire';
import type { Resource } from '../../shared/operation';
import { countedIds } from '../../shared/records/ids';
import type { RecordKind } from '../../shared/records/kind';
import { locator } from '../../shared/records/locator';
import { recordOperation } from '../../shared/records/operation';
import {
  deleteRecord,
  getManyRecords,
  getRecord,
  updateRecord,
} from '../../shared/records/operations';
import { type Store, xCart } from '../connection';
import { productLocator } from '../locators';
import { fileFields, readFileFields } from './files';
import { number, text } from './words';

/** X-Cart has no list of them: they come with their product, and in the classic API not even with that. */
async function* imagesOf({ client, api }: Store, productId: string): Pages<WireRecord> {
  if (api === 'classic') yield* client.at('products', productId, 'images').pages();
  const { images } = await client.products.get(productId);
  yield Array.isArray(images) ? (images as WireRecord[]) : [];
}

export const imageLocator = locator<Store, WireRecord>(xCart, {
  displayName: 'Image',
  name: 'image',
  ids: countedIds,
  idOf: ({ id }) => String(id ?? ''),
  list: {
    method: 'searchImages',
    searchedBy: 'node',
    parent: productLocator,
    pages: (store, _page, { parentId }) => imagesOf(store, parentId),
    entry: ({ alt, url }) => [alt, url].map((each) => (typeof each === 'string' ? each : '')),
  },
});

const fields: INodeProperties[] = [
  text('Alt Text', 'alt', { description: 'Read aloud to those who do not see the image' }),
  number('Position', 'position'),
];

const kind: RecordKind<Store, WireRecord> = {
  one: 'image',
  many: 'images of a product',
  parent: productLocator,
  locator: imageLocator,
  optional: fields,
  descriptions: { update: 'Change alt text or position of an image; the file itself stays' },
  open: (store, productId) => ({
    ...store.client.at('products', productId, 'images'),
    pages: () => imagesOf(store, productId),
  }),
};

const add = recordOperation(xCart, {
  name: 'Create',
  value: 'create',
  action: 'Create image',
  description: 'Add an image to a product, from a file of the input or from an address',
  on: [productLocator],
  fields: [
    ...fileFields,
    {
      displayName: 'Additional Fields',
      name: 'additionalFields',
      type: 'collection',
      placeholder: 'Add Field',
      default: {},
      options: fields,
    },
  ],
  work: async ({ client }, [productId], one) => {
    const more = one.read<object>('additionalFields', one.index, {});
    const images = client.at('products', productId, 'images');
    return await images.create({ ...(await readFileFields(one)), ...more });
  },
});

export const image: Resource = {
  name: 'Image',
  value: 'image',
  operations: [
    add,
    deleteRecord(xCart, kind),
    getRecord(xCart, kind),
    getManyRecords(xCart, kind),
    updateRecord(xCart, kind),
  ],
};
