import { z } from 'zod';

import { documentType } from '../documents';
import { compileMapping } from './compile';
import type { MappingSpec } from './spec';

const ORDER: MappingSpec = {
  from: 'shop.order',
  to: 'crm.order',
  fields: [
    { to: 'how', from: '@settings.how' },
    { to: 'lines', each: 'lines', fields: [{ to: 'name', from: 'name', transforms: ['trim'] }] },
  ],
};

test('rules read what the user chose beside them, and documents complete themselves by it', () => {
  const order = documentType({
    name: 'crm.order',
    displayName: 'Order',
    phrase: 'order',
    schema: z.object({ how: z.string(), doubled: z.string().optional() }),
    sample: { how: 'net' },
    complete: (document, { how }) => {
      document.doubled = `${document.how} ${String(how)}`;
    },
    check: ({ doubled }) => {
      if (doubled !== 'net net') throw new Error('was not completed before it was checked');
    },
  });
  const mapping = compileMapping(ORDER, { documents: [order] });
  expect(mapping.map({ lines: [] }, { settings: { how: 'net' } })).toEqual({
    ok: true,
    document: { how: 'net', doubled: 'net net', lines: [] },
  });
});

test('a document that a mapping reads is completed too, and stays as it was for whoever gave it', () => {
  const order = documentType({
    name: 'shop.order',
    displayName: 'Order',
    phrase: 'order',
    schema: z.object({ lines: z.array(z.object({ name: z.string() })) }),
    sample: { lines: [] },
    complete: ({ lines }, { how }) => {
      for (const line of lines) line.name = `${line.name} ${String(how)}`;
    },
  });
  const given = { lines: [{ name: 'cup' }] };
  const { map } = compileMapping(ORDER, { documents: [order] });
  expect(map(given, { settings: { how: 'net' } })).toEqual({
    ok: true,
    document: { how: 'net', lines: [{ name: 'cup net' }] },
  });
  expect(given).toEqual({ lines: [{ name: 'cup' }] });
});
