import { z } from 'zod';

import type { Schema } from '../../values/schema';

/** Digits as the store itself writes a number: no sign, no fraction, no zeros before it. */
const DIGITS = /^(?:0|[1-9]\d*)$/;

/**
 * The id of a store that counts its records, as a webhook names it: a whole number from `first` on that JavaScript
 * can hold, or its digits. Anything else (`1e21`, `-1`, `"007"`) names no record, and the store is not to be asked
 * for it.
 */
export function countedId(first = 1): Schema<number> {
  const number = z.number().int().min(first).max(Number.MAX_SAFE_INTEGER);
  return z.union([number, z.string().regex(DIGITS).transform(Number).pipe(number)]);
}
