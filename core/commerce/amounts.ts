import { z } from 'zod';

/** A decimal number with at most the decimals of its currency. */
export const amountSchema = z.number().finite();

export const currencySchema = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('ISO 4217 code, such as USD');

/** A moment, in UTC whatever the store's own zone is. */
export const momentSchema = z.string().describe('ISO 8601 date and time in UTC');
