import type { Resource } from '../../shared/operation';
import { addressBook } from './addressBook';
import { category } from './category';
import { customer } from './customer';
import { customerGroup } from './customerGroup';
import { order } from './order';
import { product } from './product';
import { rma } from './rma';
import { stock } from './stock';
import { variant } from './variant';
import { webhook } from './webhook';

export const resources: Resource[] = [
  addressBook,
  category,
  customer,
  customerGroup,
  order,
  product,
  rma,
  stock,
  variant,
  webhook,
];
