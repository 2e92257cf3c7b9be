import { z } from 'zod';

import { documentType } from '../documents';
import { compileMapping, prepareMapping } from './compile';
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

const mapped = (fields: MappingSpec['fields'], document: object) =>
  compileMapping({ from: 'shop.order', to: 'crm.order', fields }).map(document);

test('what is cut is told, with its place', () => {
  const fields: MappingSpec['fields'] = [
    {
      to: 'lines',
      each: 'lines',
      fields: [{ to: 'name', from: 'name', transforms: [{ type: 'truncate', length: 3 }] }],
    },
  ];
  expect(mapped(fields, { lines: [{ name: 'abc' }, { name: 'abcd' }] })).toEqual({
    ok: true,
    document: { lines: [{ name: 'abc' }, { name: 'abc' }] },
    notes: [{ field: 'lines[1].name', message: 'cut from 4 to 3 characters' }],
  });
});

test('an ornament that cannot be read passes as written or is left out, and never stops the document', () => {
  const fields: MappingSpec['fields'] = [
    { to: 'country', from: 'country', transforms: ['country'], otherwise: 'keep' },
    { to: 'placed', from: 'placed', transforms: ['dateTime'], otherwise: 'omit' },
    { to: 'phone', from: 'phone', transforms: ['trim'], otherwise: 'keep' },
  ];
  const result = mapped(fields, { country: ' Absurdistan', placed: 'soon', phone: { a: 1 } });
  expect(result).toMatchObject({ ok: true, document: { country: 'Absurdistan' } });
  expect(result.ok && result.notes?.map(({ field }) => field)).toEqual([
    'country',
    'placed',
    'phone',
  ]);
  expect(
    mapped([{ to: 'placed', from: 'placed', transforms: ['dateTime'] }], { placed: 'soon' }).ok,
  ).toBe(false);
});

test('an ornament made by a formula never stops the document either', async () => {
  const fields: MappingSpec['fields'] = [
    { to: 'weight', formula: '$number(weight)', otherwise: 'omit' },
    { to: 'name', from: 'name' },
  ];
  const mapping = await prepareMapping({ from: 'shop.order', to: 'crm.order', fields });
  const result = await mapping.mapAsync({ weight: 'heavy', name: 'Mug' });
  expect(result).toMatchObject({ ok: true, document: { name: 'Mug' } });
  expect(result.ok && result.notes).toEqual([
    { field: 'weight', message: expect.stringMatching(/^left out: /) as string },
  ]);
});

test('an e-mail address is whole or not there', () => {
  const fields: MappingSpec['fields'] = [
    { to: 'email', from: 'email', transforms: [{ type: 'whole', length: 10 }] },
  ];
  expect(mapped(fields, { email: 'a@b.example' })).toMatchObject({ document: {}, ok: true });
  expect(mapped(fields, { email: 'a@b.exampl' })).toMatchObject({
    document: { email: 'a@b.exampl' },
  });
});

test.each([
  ['Care of X\nBuilding 7\nFloor 3\nRoom 12', 250, ['Care of X', 'Building 7', 'Floor 3, Room 12']],
  ['one two three four', 10, ['one two', 'three four', undefined]],
  ['x'.repeat(25), 10, ['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)]],
  ['a\n\nb', 10, ['a', 'b', undefined]],
])('lines of a street run on: %j within %d', (street, length, expected) => {
  const line = (number: number) => ({
    to: `line${number}`,
    from: 'street',
    transforms: [{ type: 'line', number, of: 3, length }],
  });
  const [line1, line2, line3] = expected;
  expect(mapped([line(1), line(2), line(3)], { street })).toEqual({
    ok: true,
    document: {
      ...(line1 !== undefined && { line1 }),
      ...(line2 !== undefined && { line2 }),
      ...(line3 !== undefined && { line3 }),
    },
  });
});

test('only markup is taken out of HTML', () => {
  const fields: MappingSpec['fields'] = [{ to: 't', from: 't', transforms: ['stripHtml'] }];
  const text = (t: string) => (mapped(fields, { t }) as { document: { t?: string } }).document.t;
  expect(text('Cable <USB> to <HDMI>')).toBe('Cable <USB> to <HDMI>');
  expect(text('a < b > c, <3, <john@x.org>')).toBe('a < b > c, <3, <john@x.org>');
  expect(text('<p class="x">Soft<br/>and <b>warm</b><o:p></o:p></p>')).toBe('Soft\nand warm');
});
