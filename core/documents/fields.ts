import { z } from 'zod';

import { keyPath } from './keys';

/** A field of a document, as the editor lists it and Check Mapping knows it. */
export interface DocumentField {
  /** Lists with `[*]`: `items[*].sku`. */
  path: string;
  type: 'text' | 'number' | 'boolean' | 'object' | 'list' | 'any';
  required: boolean;
  maxLength?: number;
  /** All that it may hold, where that is known. */
  choices?: readonly string[];
  description?: string;
}

/** A schema without what stands around it, and what that says. */
interface Opened {
  inner: z.ZodTypeAny;
  required: boolean;
  description?: string;
}

/** One layer less; of a union the first, which is how the value is meant (the others are how it may be written). */
function layerBelow(schema: z.ZodTypeAny): z.ZodTypeAny | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return schema.unwrap() as z.ZodTypeAny;
  }
  if (schema instanceof z.ZodEffects) return schema.innerType() as z.ZodTypeAny;
  if (schema instanceof z.ZodUnion) return (schema.options as z.ZodTypeAny[])[0];
  if (schema instanceof z.ZodLazy) return schema.schema as z.ZodTypeAny;
  return undefined;
}

function open(schema: z.ZodTypeAny): Opened {
  const below = layerBelow(schema);
  if (below === undefined) {
    return { inner: schema, required: true, description: schema.description };
  }
  const { inner, required, description } = open(below);
  const mayBeAbsent = schema instanceof z.ZodOptional || schema instanceof z.ZodNullable;
  return {
    inner,
    required: required && !mayBeAbsent,
    description: schema.description ?? description,
  };
}

function typeOf(schema: z.ZodTypeAny): DocumentField['type'] {
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum) return 'text';
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodBoolean) return 'boolean';
  if (schema instanceof z.ZodArray) return 'list';
  if (schema instanceof z.ZodObject) return 'object';
  return 'any';
}

function fieldOf(path: string, { inner, description }: Opened, required: boolean): DocumentField {
  const field: DocumentField = { path, type: typeOf(inner), required };
  if (description !== undefined) field.description = description;
  if (inner instanceof z.ZodString && inner.maxLength !== null) field.maxLength = inner.maxLength;
  if (inner instanceof z.ZodEnum) field.choices = inner.options as string[];
  return field;
}

/** All fields of a schema, objects and lists first, then what is in them. */
export function fieldsOf(schema: z.ZodTypeAny, prefix = '', outerRequired = true): DocumentField[] {
  const opened = open(schema);
  const { inner } = opened;
  const isRequired = opened.required && outerRequired;
  const own = prefix === '' ? [] : [fieldOf(prefix, opened, isRequired)];
  if (inner instanceof z.ZodArray) {
    const nested = fieldsOf(inner.element as z.ZodTypeAny, `${prefix}[*]`, isRequired);
    return [...own, ...nested.filter(({ path }) => path !== `${prefix}[*]`)];
  }
  if (!(inner instanceof z.ZodObject)) return own;
  const shape = inner.shape as Record<string, z.ZodTypeAny>;
  return [
    ...own,
    ...Object.entries(shape).flatMap(([key, part]) =>
      fieldsOf(part, keyPath(prefix, key), isRequired),
    ),
  ];
}
