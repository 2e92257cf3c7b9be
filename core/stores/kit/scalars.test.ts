import { z } from 'zod';

import { ornament, textsOf } from './scalars';

const document = z.object({ id: z.number(), note: ornament }).passthrough();

describe('a text that a document can do without', () => {
  it.each<[unknown, string | null]>([
    ['as it is', 'as it is'],
    ['', ''],
    [7, '7'],
    [true, 'true'],
    [false, null],
    [{ Name: 'VIP', id: 3 }, 'VIP'],
    [{ id: 3 }, null],
    [['VIP'], null],
    [[], null],
    [null, null],
  ])('is made of %j', (note, text) => {
    expect(document.parse({ id: 1, note })).toEqual({ id: 1, note: text });
  });

  it('that is not there is not there', () => {
    expect(Object.keys(document.parse({ id: 1 }))).toEqual(['id']);
  });
});

describe('a list of texts', () => {
  const texts = textsOf('trackingNumber', 'number');

  it.each<[unknown, string[] | null | undefined]>([
    [
      ['1Z1', '1Z2'],
      ['1Z1', '1Z2'],
    ],
    [
      [940011, null, '1Z2'],
      ['940011', '1Z2'],
    ],
    [
      [{ Number: 12 }, { code: 'X', trackingNumber: '1Z1' }, { id: 4 }, ['a']],
      ['12', '1Z1'],
    ],
    [{ 1: '1Z1', 3: '1Z3' }, ['1Z1', '1Z3']],
    [{ trackingNumber: '1Z1' }, ['1Z1']],
    ['1Z1', ['1Z1']],
    ['', []],
    [[], []],
    [null, null],
    [undefined, undefined],
  ])('is made of %j', (value, list) => {
    expect(texts.parse(value)).toEqual(list);
  });
});
