import { z } from 'zod';

import { guid, text } from './columns';

export const productSchema = z.object({
  productid: guid,
  productnumber: z.string().max(100),
  name: z.string().max(100),
  description: text(2000),
  price: z.number().optional(),
  transactioncurrency: z.string().length(3).optional(),
  quantitydecimal: z.number().optional(),
  quantityonhand: z.number().optional(),
  stockweight: z.number().optional(),
});

export const SAMPLE_PRODUCT = {
  productid: '5d1c6f0e-2b6c-5a51-8f6a-0c6a1e3f7b03',
  productnumber: 'TS',
  name: 'T-shirt',
  description: 'Soft and warm.',
  price: 39.99,
  transactioncurrency: 'USD',
  quantitydecimal: 2,
  quantityonhand: 25,
  stockweight: 0.3,
};
