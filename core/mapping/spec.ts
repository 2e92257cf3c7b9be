import { once } from 'lodash';
import { z } from 'zod';

import { type TargetValue, targetValueSchema } from './targetValue';

/**
 * A mapping as data: what a person can read, compare, version and override. `docs` of each rule stand with the
 * code that compiles it. Compiled once per run (`compileMapping`).
 */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A schema that names itself. It is made once: zod asks for it at each value, and a mapping has thousands. */
function recursive<T>(make: () => z.ZodType<T>): z.ZodType<T> {
  return z.lazy(once(make));
}

export const jsonSchema: z.ZodType<Json> = recursive(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(jsonSchema),
    z.record(z.string(), jsonSchema),
  ]),
);

export const COMPARISONS = [
  'equals',
  'notEquals',
  'exists',
  'missing',
  'contains',
  'startsWith',
  'in',
  'greaterThan',
  'lessThan',
] as const;

/** When a rule applies: one comparison, or several joined by `and`, `or`, `not`. */
export type Condition =
  | { path: string; is: (typeof COMPARISONS)[number]; value?: Json }
  | { and: Condition[] }
  | { or: Condition[] }
  | { not: Condition };

export const conditionSchema: z.ZodType<Condition> = recursive(() =>
  z.union([
    z.object({ path: z.string(), is: z.enum(COMPARISONS), value: jsonSchema.optional() }).strict(),
    z.object({ and: z.array(conditionSchema).min(1) }).strict(),
    z.object({ or: z.array(conditionSchema).min(1) }).strict(),
    z.object({ not: conditionSchema }).strict(),
  ]),
);

export const AGGREGATES = ['sum', 'count', 'join', 'first', 'last', 'min', 'max'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/** `"upper"`, or `{ "type": "truncate", "length": 80 }`. An option may be read: `{ "from": "$.currency" }`. */
export type TransformCall = string | { type: string; [option: string]: Json };

export const transformCallSchema: z.ZodType<TransformCall> = z.union([
  z.string().min(1),
  z.object({ type: z.string().min(1) }).catchall(jsonSchema),
]);

export const ARITHMETIC = ['add', 'subtract', 'multiply', 'divide'] as const;

/** A path, a number, or a whole value with its own transforms. */
export type Operand = string | number | ValueSource;
export type Calculation = { [Operation in (typeof ARITHMETIC)[number]]?: Operand[] };

export interface ValueSource {
  /** Path into the current element; `a ?? b` takes the first that has a value. */
  from?: string;
  /** The same value for every document. */
  value?: Json;
  /** Text with paths in braces: `X-Cart {order_number ?? id}`. */
  template?: string;
  /** JSONata. Powerful, and some hundred times slower than a path. */
  formula?: string;
  /** Name of a value that the caller works out per document (an n8n expression). Slow: for the odd field. */
  expression?: string;
  /** Exact decimal arithmetic. */
  calculate?: Calculation;
  /** This element's share of a total, in whole minor units, so that all shares add up to the total. */
  allocate?: { total: Operand; weights: string; currency?: string };
  /** This element's own amount, rounded so that all of them add up to a total that was rounded once. */
  roundTo?: { total: Operand; value: Operand; currency?: string };
  /** Cuts text, or every text of a list, into one list at this separator. */
  split?: string;
  aggregate?: Aggregate;
  /** Between the parts of `aggregate: "join"`; ", " where absent. */
  separator?: string;
  /** A table of the spec by name, or one written here. */
  lookup?: string | Record<string, Json>;
  transforms?: TransformCall[];
  /** Taken where there is no value. */
  default?: Json;
  /** What the target takes: a number becomes text there, a label the value of its choice. */
  as?: TargetValue;
}

export interface FieldRule extends ValueSource {
  to: string;
  /** Remark for whoever reads the mapping. */
  note?: string;
  when?: Condition;
  /** Without a value the document fails, naming this field. */
  required?: boolean;
  /** What an absent value becomes: nothing at all (`omit`), or null, which clears the field in the target. */
  empty?: 'omit' | 'null';
  /**
   * What becomes of a value that cannot be read, where the document is worth more than this field: it passes as it is
   * written (`keep`, for texts and numbers), or is left out (`omit`). Either is told. Absent: the document fails.
   */
  otherwise?: 'keep' | 'omit';
  /** Path of a list: `fields` are mapped for each of its elements. */
  each?: string;
  fields?: FieldRule[];
}

export interface MappingSpec {
  name?: string;
  from: string;
  to: string;
  tables?: Record<string, Record<string, Json>>;
  fields: FieldRule[];
}

const operandSchema: z.ZodType<Operand> = recursive(() =>
  z.union([z.string(), z.number(), z.object(valueShape()).strict()]),
);

function valueShape() {
  return {
    from: z.string().optional(),
    value: jsonSchema.optional(),
    template: z.string().optional(),
    formula: z.string().optional(),
    expression: z.string().optional(),
    calculate: z
      .object({
        add: z.array(operandSchema).min(2).optional(),
        subtract: z.array(operandSchema).min(2).optional(),
        multiply: z.array(operandSchema).min(2).optional(),
        divide: z.array(operandSchema).length(2).optional(),
      })
      .strict()
      .optional(),
    allocate: z
      .object({ total: operandSchema, weights: z.string(), currency: z.string().optional() })
      .strict()
      .optional(),
    roundTo: z
      .object({ total: operandSchema, value: operandSchema, currency: z.string().optional() })
      .strict()
      .optional(),
    split: z.string().min(1).optional(),
    aggregate: z.enum(AGGREGATES).optional(),
    separator: z.string().optional(),
    lookup: z.union([z.string(), z.record(z.string(), jsonSchema)]).optional(),
    transforms: z.array(transformCallSchema).optional(),
    default: jsonSchema.optional(),
    as: targetValueSchema.optional(),
  };
}

function ruleShape() {
  return {
    to: z.string(),
    note: z.string().optional(),
    when: conditionSchema.optional(),
    required: z.boolean().optional(),
    empty: z.enum(['omit', 'null']).optional(),
    otherwise: z.enum(['keep', 'omit']).optional(),
    each: z.string().optional(),
    fields: z.array(fieldRuleSchema).optional(),
    ...valueShape(),
  };
}

export const fieldRuleSchema: z.ZodType<FieldRule> = recursive(() =>
  z.object(ruleShape()).strict(),
);

/** All settings that a rule may have. */
export function ruleSettings(): string[] {
  return Object.keys(ruleShape());
}

export const mappingSpecSchema: z.ZodType<MappingSpec> = z
  .object({
    name: z.string().optional(),
    from: z.string().min(1),
    to: z.string().min(1),
    tables: z.record(z.string(), z.record(z.string(), jsonSchema)).optional(),
    fields: z.array(fieldRuleSchema),
  })
  .strict();
