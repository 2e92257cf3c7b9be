import { sortBy } from 'lodash';

import type { Single } from '../../../core/stores/xcart/client';
import { firstRows } from '../../../core/http/pages';
import { limit, returnAll } from '../../shared/fields';
import type { Operation } from '../../shared/operation';
import { recordOperation } from '../../shared/records/operation';
import type { OneItem } from '../../shared/steps';
import { readLimit } from '../../shared/typed';
import { type Store, xCart } from '../connection';
import { categoryLocator, variantLocator, productLocator } from '../locators';
import { fileFields, readFileFields } from './files';
import { choice, text } from './words';

const which = choice('Picture', 'picture', [
  { name: 'Banner', value: 'banner', description: 'At the top of the page of the category' },
  { name: 'Icon', value: 'icon', description: 'Where categories are listed' },
]);
const alt = text('Alt Text', 'alt', { description: 'Read aloud to those who do not see it' });

function pictureOf({ client }: Store, categoryId: string, { read, index }: OneItem): Single {
  const kind = read<string>('picture', index) === 'icon' ? 'icon' : 'banner';
  return client.oneAt('categories', categoryId, kind);
}

const altOf = ({ read, index }: OneItem): object => {
  const words = read<string>('alt', index, '');
  return words === '' ? {} : { alt: words };
};

const operations: Operation[] = [
  recordOperation(xCart, {
    name: 'Set Picture',
    value: 'setPicture',
    action: 'Set picture of category',
    description: 'Give a category its banner or icon, in the place of the one that it has',
    on: [categoryLocator],
    fields: [which, ...fileFields, alt],
    work: async (store, [id], one) => {
      const file = await readFileFields(one);
      return await pictureOf(store, id, one).create({ ...file, ...altOf(one) });
    },
  }),
  recordOperation(xCart, {
    name: 'Get Picture',
    value: 'getPicture',
    action: 'Get picture of category',
    description: 'Get the banner or the icon of a category',
    on: [categoryLocator],
    fields: [which],
    onlyReads: true,
    work: async (store, [id], one) => await pictureOf(store, id, one).get(),
  }),
  recordOperation(xCart, {
    name: 'Delete Picture',
    value: 'deletePicture',
    action: 'Delete picture of category',
    description: 'Take the banner or the icon from a category',
    on: [categoryLocator],
    fields: [which],
    work: async (store, [id], one) => {
      await pictureOf(store, id, one).remove();
      return { deleted: true };
    },
  }),
  recordOperation(xCart, {
    name: 'Get Products',
    value: 'getProducts',
    action: 'Get products of category',
    description: 'Get the IDs of the products in a category, one item each',
    on: [categoryLocator],
    fields: [returnAll, limit],
    onlyReads: true,
    work: async ({ client }, [id], { read, index }) =>
      await firstRows(
        (page) => client.at('categories', id, 'products').pages(undefined, page),
        readLimit(read, index),
      ),
  }),
];

/** What else a category has: its pictures, and the products in it. */
export const moreOfCategory: Operation[] = sortBy(operations, 'name');

/** A variant has one image, which stands in its own document. */
export const setVariantImage: Operation = recordOperation(xCart, {
  name: 'Set Image',
  value: 'setImage',
  action: 'Set image of variant',
  description: 'Give a variant its image, in the place of the one that it has',
  on: [productLocator, variantLocator],
  fields: [...fileFields, alt],
  work: async ({ client }, [productId, variantId], one) => {
    const image = { ...(await readFileFields(one)), ...altOf(one) };
    return await client.variants(productId).update(variantId, { image });
  },
});
