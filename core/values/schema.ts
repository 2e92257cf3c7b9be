import type { ZodType, ZodTypeDef } from 'zod';

/** What reads a value of any shape as a `T`, or says what is wrong with it. */
export type Schema<T> = ZodType<T, ZodTypeDef, unknown>;
