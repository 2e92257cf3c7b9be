import { z } from 'zod';
import { linearExpression } from './patterns';

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

/** Longest `path` of a rule: it is tried on every request. */
const MAX_PATH_LENGTH = 1000;

const probability = z.number().min(0).max(1);
const milliseconds = z.number().min(0).max(600_000);

/** The path and query of a request come from outside, as the expression does: it has to be a linear one. */
const linearPath = z
  .string()
  .max(MAX_PATH_LENGTH)
  .superRefine((source, refusal) => {
    try {
      linearExpression(source);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      refusal.addIssue({
        code: 'custom',
        message: `must be a regular expression without back references, looking ahead and large counts (${reason})`,
      });
    }
  });

const latency = z
  .object({ perRequestMs: milliseconds.default(0), perWriteMs: milliseconds.default(0) })
  .strict();

const ruleFor = (services: readonly string[]) =>
  z
    .object({
      service: z.enum(services as [string, ...string[]]),
      method: z
        .string()
        .transform((method) => method.toUpperCase())
        .optional(),
      path: linearPath.optional(),
      kind: z.enum(FAULT_KINDS),
      probability: probability.default(1),
      times: z.number().int().min(1).optional(),
      after: z.number().int().min(0).default(0),
      retryAfterSeconds: z.number().min(0).max(600).optional(),
      holdMs: milliseconds.default(60_000),
    })
    .strict();

/** The same schema under the name of each service. */
const each = <S extends z.ZodTypeAny>(services: readonly string[], schema: S): Record<string, S> =>
  Object.fromEntries(services.map((service) => [service, schema]));

/**
 * The whole fault configuration, as `PUT /faults` takes it. Everything is optional; `{}` means no faults.
 * `limited`: those of the services that keep limits as the real ones do.
 */
export const faultConfigSchema = (services: readonly string[], limited: readonly string[]) =>
  z
    .object({
      seed: z.number().int().min(0).default(1),
      latency: z.object(each(services, latency.optional())).strict().default({}),
      limits: z
        .object(each(limited, z.boolean().default(true)))
        .strict()
        .default({}),
      rules: z.array(ruleFor(services)).max(100).default([]),
      webhooks: z
        .object({
          duplicate: probability.default(0),
          lose: probability.default(0),
          shuffle: z.boolean().default(false),
          delayMs: z.number().int().min(0).max(3_600_000).default(0),
        })
        .strict()
        .default({}),
    })
    .strict();

export type FaultConfigSchema = ReturnType<typeof faultConfigSchema>;
export type FaultConfig = z.output<FaultConfigSchema>;
export type FaultConfigInput = z.input<FaultConfigSchema>;
export type FaultRule = FaultConfig['rules'][number];
