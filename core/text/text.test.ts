import fc from 'fast-check';

import { fitDocument, fitForXml, fitTexts, isFitForXml } from '.';

test.each([
  ['call\u000b me', 'call  me'],
  ['Ada\u0001', 'Ada'],
  ['half \ud83d pair', 'half  pair'],
  ['\ude00 the other half', ' the other half'],
  ['\ufffe\uffff', ''],
  ['tab\t line\n return\r', 'tab\t line\n return\r'],
  ['whole \ud83d\ude00 and 漢字', 'whole \ud83d\ude00 and 漢字'],
])('%j becomes %j', (given, expected) => {
  expect(fitForXml(given)).toBe(expected);
});

test('whatever is given becomes fit, and what is fit stays', () => {
  const text = fc
    .array(fc.integer({ min: 0, max: 0xffff }))
    .map((units) => String.fromCharCode(...units));
  fc.assert(
    fc.property(text, (given) => {
      const fit = fitForXml(given);
      expect(isFitForXml(fit)).toBe(true);
      expect(fitForXml(fit)).toBe(fit);
      if (isFitForXml(given)) expect(fit).toBe(given);
    }),
  );
});

test('says which fields of a document were changed', () => {
  const document = { a: 'x\u0001', b: ['fine', { c: '\u0002' }], d: null, e: 5 };
  const fields: string[] = [];
  fitDocument(document, (field) => fields.push(field));
  expect(document).toEqual({ a: 'x', b: ['fine', { c: '' }], d: null, e: 5 });
  expect(fields).toEqual(['a', 'b[1].c']);
});

test('copies what has to be changed, and leaves the rest as it was given', () => {
  const day = new Date(0);
  const given = { a: 'x\u0001', b: { c: ['\ud83d', 5, null] }, d: { e: 'fine', day } };
  const fit = fitTexts(given, fitForXml);
  expect(fit).toEqual({ a: 'x', b: { c: ['', 5, null] }, d: { e: 'fine', day } });
  expect(given).toEqual({ a: 'x\u0001', b: { c: ['\ud83d', 5, null] }, d: { e: 'fine', day } });
  expect(fit.d).toBe(given.d);
  expect(fitTexts(given.d, fitForXml)).toBe(given.d);
});
