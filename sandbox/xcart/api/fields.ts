import { z } from 'zod';

export type FieldType = 'integer' | 'number' | 'boolean' | 'string' | 'array' | 'object';

/** What the documentation tells of a field. */
export interface Field {
  type: FieldType;
  isRequired?: boolean;
  isReadOnly?: boolean;
}

export type Fields = Readonly<Record<string, Field>>;

function inner(schema: z.ZodTypeAny): z.ZodTypeAny {
  if (schema instanceof z.ZodDefault) return inner(schema.removeDefault() as z.ZodTypeAny);
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) {
    return inner(schema.unwrap() as z.ZodTypeAny);
  }
  return schema;
}

function typeOf(schema: z.ZodTypeAny): FieldType {
  if (schema instanceof z.ZodNumber) return schema.isInt ? 'integer' : 'number';
  if (schema instanceof z.ZodBoolean) return 'boolean';
  if (schema instanceof z.ZodArray) return 'array';
  return schema instanceof z.ZodObject ? 'object' : 'string';
}

/** Symfony's `NotBlank`. */
const isRequired = (schema: z.ZodTypeAny): boolean =>
  schema instanceof z.ZodString && (schema.isEmail || (schema.minLength ?? 0) > 0);

function fieldOf(schema: z.ZodTypeAny): Field {
  const plain = inner(schema);
  return { type: typeOf(plain), ...(isRequired(plain) && { isRequired: true }) };
}

/** The fields of an input class. */
export function fieldsOf(input: z.ZodTypeAny): Fields {
  const plain = inner(input);
  if (!(plain instanceof z.ZodObject)) return {};
  const shape = plain.shape as z.ZodRawShape;
  return Object.fromEntries(Object.entries(shape).map(([name, each]) => [name, fieldOf(each)]));
}

/** Fields that the store alone writes, by their types. */
export const readOnly = (types: Readonly<Record<string, FieldType>>): Fields =>
  Object.fromEntries(
    Object.entries(types).map(([name, type]) => [name, { type, isReadOnly: true }]),
  );

const ID = readOnly({ id: 'integer' });

/** What a record shows: its id, and what its input class takes. */
export const recordFields = (input: z.ZodTypeAny, more: Fields = {}): Fields => ({
  ...ID,
  ...fieldsOf(input),
  ...more,
});
