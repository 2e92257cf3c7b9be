import { sortBy } from 'lodash';

import type { Resource } from '../../shared/operation';
import { address } from './address';
import { attachment, attachmentLocator } from './attachment';
import { attributeLocators, attributeResources } from './attributes';
import { cart, cartLocator } from './cart';
import { catalogue } from './catalogue';
import { category } from './category';
import { customer } from './customer';
import { featured } from './featured';
import { image, imageLocator } from './image';
import { order } from './order';
import { product } from './product';
import { stock } from './stock';
import { variant } from './variant';

const all: Resource[] = [
  address,
  attachment,
  ...attributeResources,
  cart,
  ...catalogue.resources,
  category,
  customer,
  featured,
  image,
  order,
  product,
  stock,
  variant,
];

export const resources = sortBy(all, 'name');

/** The lists from which records are chosen that only one resource needs. */
export const moreLocators = {
  ...catalogue.locators,
  ...attributeLocators,
  attachmentLocator,
  cartLocator,
  imageLocator,
};
