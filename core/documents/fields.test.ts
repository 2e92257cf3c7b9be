import { z } from 'zod';

import { amount, date, id, listOf, optional, text } from '../stores/kit/scalars';
import { documentType } from './document';
import { fieldsOf } from './fields';

test('lists fields with their type, whether they must be there, and what they are', () => {
  const schema = z.object({
    id: z.string().max(5).describe('Key'),
    kind: z.enum(['a', 'b']).optional(),
    price: z.number().nullable().describe('In the currency'),
    enabled: z.boolean(),
    lines: z.array(z.object({ sku: z.string(), 'x@y.z': z.unknown() })).describe('At least one'),
    tags: z.array(z.string()).optional(),
    place: z.object({ city: z.string() }).nullish(),
  });
  expect(fieldsOf(schema)).toEqual([
    { path: 'id', type: 'text', required: true, maxLength: 5, description: 'Key' },
    { path: 'kind', type: 'text', required: false, choices: ['a', 'b'] },
    { path: 'price', type: 'number', required: false, description: 'In the currency' },
    { path: 'enabled', type: 'boolean', required: true },
    { path: 'lines', type: 'list', required: true, description: 'At least one' },
    { path: 'lines[*].sku', type: 'text', required: true },
    { path: 'lines[*]["x@y.z"]', type: 'any', required: true },
    { path: 'tags', type: 'list', required: false },
    { path: 'place', type: 'object', required: false },
    { path: 'place.city', type: 'text', required: false },
  ]);
});

test('reads through what makes a schema patient', () => {
  const schema = z
    .object({
      id,
      total: amount.describe('With tax'),
      changed: date,
      lines: listOf(z.object({ sku: text }).passthrough()),
      address: optional(z.object({ city: text })).describe('Where it goes'),
      lazy: z.lazy(() => z.string()),
    })
    .passthrough();
  expect(fieldsOf(schema)).toEqual([
    { path: 'id', type: 'number', required: true },
    { path: 'total', type: 'number', required: false, description: 'With tax' },
    { path: 'changed', type: 'text', required: false },
    { path: 'lines', type: 'list', required: false },
    { path: 'lines[*].sku', type: 'text', required: false },
    { path: 'address', type: 'object', required: false, description: 'Where it goes' },
    { path: 'address.city', type: 'text', required: false },
    { path: 'lazy', type: 'text', required: true },
  ]);
});

test('a document may need more than its schema asks for', () => {
  const { fields } = documentType({
    name: 'a.b',
    displayName: 'A B',
    phrase: 'A b',
    schema: z.object({ x: text, y: text }),
    sample: {},
    needed: ['y'],
  });
  expect(fields.map(({ path, required }) => [path, required])).toEqual([
    ['x', false],
    ['y', true],
  ]);
});
