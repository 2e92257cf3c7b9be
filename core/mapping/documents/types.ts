import { z } from 'zod';

/** A field of a document, as the editor lists it and Check Mapping knows it. */
export interface DocumentField {
  /** Lists with `[*]`: `items[*].sku`. */
  path: string;
  type: 'text' | 'number' | 'boolean' | 'object' | 'list' | 'any';
  required: boolean;
  maxLength?: number;
  description?: string;
}

export interface DocumentType {
  name: string;
  displayName: string;
  fields: DocumentField[];
  /** Whether it may hold fields that are not listed: shops and tables have custom ones. */
  isOpen: boolean;
}

function unwrap(schema: z.ZodTypeAny): { inner: z.ZodTypeAny; required: boolean } {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return { inner: unwrap(schema.unwrap() as z.ZodTypeAny).inner, required: false };
  }
  return { inner: schema, required: true };
}

function typeOf(schema: z.ZodTypeAny): DocumentField['type'] {
  if (schema instanceof z.ZodString) return 'text';
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodBoolean) return 'boolean';
  if (schema instanceof z.ZodArray) return 'list';
  if (schema instanceof z.ZodObject) return 'object';
  return 'any';
}

function leaf(
  path: string,
  schema: z.ZodTypeAny,
  inner: z.ZodTypeAny,
  required: boolean,
): DocumentField {
  const field: DocumentField = { path, type: typeOf(inner), required };
  const description = schema.description ?? inner.description;
  if (description !== undefined) field.description = description;
  if (inner instanceof z.ZodString && inner.maxLength !== null) field.maxLength = inner.maxLength;
  return field;
}

/** A key as a path writes it. */
function keyPath(prefix: string, key: string): string {
  if (/[.[\]]/.test(key)) return `${prefix}["${key}"]`;
  return prefix === '' ? key : `${prefix}.${key}`;
}

/** All fields of a schema, objects and lists first, then what is in them. */
export function fieldsOf(schema: z.ZodTypeAny, prefix = '', outerRequired = true): DocumentField[] {
  const { inner, required } = unwrap(schema);
  const isRequired = required && outerRequired;
  const own = prefix === '' ? [] : [leaf(prefix, schema, inner, isRequired)];
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

export function documentType(
  name: string,
  displayName: string,
  schema: z.ZodTypeAny,
  isOpen: boolean,
): DocumentType {
  return { name, displayName, fields: fieldsOf(schema), isOpen };
}
