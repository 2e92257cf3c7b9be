import type { Entity } from '../entity';
import { categoryEntity, linkEntity } from './categories';
import { orderEntity, paymentStatusEntity, shippingStatusEntity, trackingEntity } from './orders';
import { productEntity, variantEntity } from './products';
import { addressEntity, profileEntity } from './profiles';
import { transactionEntity } from './transactions';

/** By `_path`: the class of the model in lower case, `\` as `-`, without `XLite\Model\`. */
export const ENTITIES: ReadonlyMap<string, Entity<unknown>> = new Map([
  ['order', orderEntity],
  ['order-status-payment', paymentStatusEntity],
  ['order-status-shipping', shippingStatusEntity],
  ['ordertrackingnumber', trackingEntity],
  ['payment-transaction', transactionEntity],
  ['product', productEntity],
  ['xc-productvariants-productvariant', variantEntity],
  ['profile', profileEntity],
  ['address', addressEntity],
  ['category', categoryEntity],
  ['categoryproducts', linkEntity],
]);
