import { z } from 'zod';
import { SERVICE_NAMES } from './service';

export const FAULT_KINDS = [
  '429',
  '500',
  '502',
  '503',
  '504',
  'reset',
  'timeout-after-commit',
  'unauthorized',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

const probability = z.number().min(0).max(1);
const milliseconds = z.number().min(0).max(600_000);

function isRegularExpression(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

const latency = z
  .object({ perRequestMs: milliseconds.default(0), perWriteMs: milliseconds.default(0) })
  .strict();

const rule = z
  .object({
    service: z.enum(SERVICE_NAMES),
    method: z
      .string()
      .transform((method) => method.toUpperCase())
      .optional(),
    path: z
      .string()
      .refine(isRegularExpression, { message: 'must be a regular expression' })
      .optional(),
    kind: z.enum(FAULT_KINDS),
    probability: probability.default(1),
    times: z.number().int().min(1).optional(),
    after: z.number().int().min(0).default(0),
    retryAfterSeconds: z.number().min(0).max(600).optional(),
    holdMs: milliseconds.default(60_000),
  })
  .strict();

/** The whole fault configuration, as `PUT /faults` takes it. Everything is optional; `{}` means no faults. */
export const faultConfigSchema = z
  .object({
    seed: z.number().int().min(0).default(1),
    latency: z
      .object({
        entra: latency.optional(),
        dataverse: latency.optional(),
        xcart: latency.optional(),
      })
      .strict()
      .default({}),
    limits: z
      .object({ dataverse: z.boolean().default(true) })
      .strict()
      .default({}),
    rules: z.array(rule).max(100).default([]),
    webhooks: z
      .object({
        duplicate: probability.default(0),
        lose: probability.default(0),
        shuffle: z.boolean().default(false),
      })
      .strict()
      .default({}),
  })
  .strict();

export type FaultConfig = z.output<typeof faultConfigSchema>;
export type FaultConfigInput = z.input<typeof faultConfigSchema>;
export type FaultRule = FaultConfig['rules'][number];

export const noFaults = (): FaultConfig => faultConfigSchema.parse({});
