import type { Resource } from '../../shared/operation';
import { address } from './address';
import { category } from './category';
import { customer } from './customer';
import { order } from './order';
import { product } from './product';
import { stock } from './stock';
import { variant } from './variant';

export const resources: Resource[] = [address, category, customer, order, product, stock, variant];
