import type { Resource } from '../../shared/operation';
import { customer } from './customer';
import { order } from './order';
import { address, coupon, invoice, payment, returned, shipment } from './plain';
import { product } from './product';
import { stock } from './stock';

export const resources: Resource[] = [
  address,
  coupon,
  customer,
  invoice,
  order,
  payment,
  product,
  returned,
  shipment,
  stock,
];
