/** What some records of X-Cart stand below, where one locator alone does not say it. Their id is a path. */
import type { INodeProperties } from 'n8n-workflow';

import type { Id } from '../../../core/stores/xcart/client';
import type { Locator, Parent } from '../../shared/records/locator';
import type { OneItem } from '../../shared/steps';
import type { Store } from '../connection';
import { productLocator, variantLocator } from '../locators';
import { choice } from './words';

/** The path that a place gives as its id. */
export const partsOf = (path: string): Id[] => path.split('/');

export const shownWhere = (
  field: INodeProperties,
  show: NonNullable<INodeProperties['displayOptions']>['show'],
): INodeProperties => ({
  ...field,
  displayOptions: { show: { ...field.displayOptions?.show, ...show } },
});

const idOf = async (which: Locator<Store>, store: Store, one: OneItem): Promise<string> =>
  (await which.locate(store, one)).id;

const priced = choice('Prices Of', 'pricesOf', [
  { name: 'Product', value: 'product' },
  { name: 'Variant', value: 'variant' },
]);

const ofVariant = (parameter: unknown): boolean => parameter === 'variant';

/** A product, or one of its variants. */
export const pricedPlace: Parent<Store> = {
  fields: [
    productLocator.field,
    priced,
    shownWhere(variantLocator.field, { [priced.name]: ['variant'] }),
  ],
  locate: async (store, one) => {
    const product = `products/${await idOf(productLocator, store, one)}`;
    if (!ofVariant(one.read<unknown>(priced.name, one.index))) return { id: product };
    return { id: `${product}/variants/${await idOf(variantLocator, store, one)}` };
  },
  chosen: (context) => {
    const product = productLocator.chosen(context);
    if (product === '') return '';
    if (!ofVariant(context.getCurrentNodeParameter(priced.name))) return `products/${product}`;
    const variant = variantLocator.chosen(context);
    return variant && `products/${product}/variants/${variant}`;
  },
};
