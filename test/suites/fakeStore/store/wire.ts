import { z } from 'zod';

import { amount, id, listOf, optional, text } from '../../../../core/stores/kit/scalars';

/** Dates are by the clock of the shop and say no zone: `2026-11-25 14:03:22`. */
export const orderSchema = z
  .object({
    no: id,
    placed: text,
    changed: text,
    state: text,
    buyer: optional(z.object({ name: text, mail: text }).passthrough()),
    rows: listOf(z.object({ no: id, code: text, pieces: amount, each: amount }).passthrough()),
    sum: amount,
  })
  .passthrough();

/** A ware says when it was made, and never when it was changed. */
export const wareSchema = z.object({ no: id, code: text, made: text, stock: amount }).passthrough();

export type Order = z.infer<typeof orderSchema>;
export type Ware = z.infer<typeof wareSchema>;
