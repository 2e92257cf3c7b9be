import { z } from 'zod';
import { count, ordersSchema } from '../control/orders';
import { changeSchema as shopChange } from '../control/shop';
import { CURRENCIES, type CurrencyCode } from '../kit/shop';

const currencies = Object.keys(CURRENCIES) as [CurrencyCode, ...CurrencyCode[]];
const status = z.string().min(1).optional();

export const placeSchema = ordersSchema({ currency: z.enum(currencies).optional(), status });

/** What `POST /clarity/orders` takes. */
export type OrdersRequest = z.input<typeof placeSchema>;

export const changeSchema = shopChange({
  status,
  line: count.optional(),
  quantity: z.number().int().min(1).max(100_000).optional(),
});

/** What `POST /clarity/orders/:id/change` takes. */
export type OrderChangeRequest = z.input<typeof changeSchema>;

export const lifetimeSchema = z.object({ seconds: z.number().int().min(1) }).strict();
