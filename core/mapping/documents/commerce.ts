import { customerSchema, orderSchema, productSchema } from '../../commerce/model';
import { documentType } from './types';

export const COMMERCE_DOCUMENTS = [
  documentType('commerce.order', 'Common Order', orderSchema, true),
  documentType('commerce.customer', 'Common Customer', customerSchema, true),
  documentType('commerce.product', 'Common Product', productSchema, true),
];
