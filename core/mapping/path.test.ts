import fc from 'fast-check';

import { fieldOf, joinPath, parsePath } from './path';
import { compilePath, firstValue } from './read';
import type { Scope } from './scope';
import { compileRemover, compileWriter, targetKeys } from './write';

const DOCUMENT = {
  a: { b: [{ c: 1 }, { c: 2 }] },
  'a.b': 'dotted',
  length: 'own',
  surcharges: [
    { type: 'shipping', include: false, value: 10 },
    { type: 'tax', include: true, value: 2 },
    { type: 'tax', include: false, value: 3 },
  ],
  items: [
    { sku: 'A', tags: ['x', 'y'], options: [{ name: 'Size, colour', value: 'L' }] },
    { sku: 'B', tags: [], options: null },
    { sku: null },
  ],
  custom_fields: [{ name: 'company', value: 'Acme' }],
  nulls: [{ id: null, value: 1 }, { value: 2 }],
  shapes: [
    { id: '[object Object]', value: 1 },
    { id: '7', value: 2 },
  ],
  ids: [7],
  wanted: 'tax',
  nothing: null,
  empty: '',
};

function scope(value: unknown, parent?: Scope, index = 0): Scope {
  const run = {
    context: { source: { store: 'main' } },
    problems: [],
    notes: [],
    tell: () => {},
    pending: [],
  };
  return { value, root: DOCUMENT, parent, index, run };
}

function read(path: string, value: unknown = DOCUMENT): unknown {
  return firstValue(compilePath(path))(scope(value));
}

describe('reading', () => {
  test.each([
    ['a.b[0].c', 1],
    ['a.b[-1].c', 2],
    ['a.b[5].c', undefined],
    ['a.x.y.z', undefined],
    ['nothing.at.all', undefined],
    ['["a.b"]', 'dotted'],
    ["['a.b']", 'dotted'],
    ['a.b.length', 2],
    ['length', 'own'],
    ['custom_fields[name=company].value', 'Acme'],
    ['custom_fields[name=vat].value', undefined],
    ['surcharges[type=tax,include=false].value', 3],
    ['surcharges[type=tax][include=false].value', 3],
    ['surcharges[value>=10].type', 'shipping'],
    ['surcharges[type=^.wanted,include=false].value', 3],
    ['surcharges[type!=^.wanted].value', 10],
    ['surcharges[type=^.missing].value', undefined],
    ['nulls[id=^.nothing].value', undefined],
    ['shapes[id=^.a].value', undefined],
    ['shapes[id=^.ids].value', undefined],
    ['shapes[id!=^.a].value', 1],
    ['surcharges[type!=tax].value', 10],
    ['items[*].sku', ['A', 'B', null]],
    ['items[*].tags[*]', ['x', 'y']],
    ['items[*].options[name="Size, colour"].value', ['L']],
    ['missing[*].sku', []],
    ['empty ?? nothing ?? a.b[1].c', 2],
    ['custom_fields[name=vat].value ?? custom_fields[name=company].value', 'Acme'],
    ['$.a.b[0].c', 1],
    ['@source.store', 'main'],
    ['@index', 0],
  ])('%s', (path, expected) => {
    expect(read(path)).toEqual(expected);
  });

  test('goes to the element around a list, and to the one around that', () => {
    const outer = scope(DOCUMENT);
    const item = scope(DOCUMENT.items[1], outer, 1);
    const inner = scope('x', item, 4);
    expect(compilePath('^.sku', 2).read(inner)).toBe('B');
    expect(compilePath('^.^.empty', 2).read(inner)).toBe('');
    expect(compilePath('@index', 2).read(inner)).toBe(4);
    expect(compilePath('^', 2).read(inner)).toBe(DOCUMENT.items[1]);
  });

  test('never gives what a document has only from its prototype', () => {
    for (const name of ['toString', 'valueOf', 'hasOwnProperty', 'map', '__defineGetter__']) {
      expect(read(`a.${name}`)).toBeUndefined();
      expect(read(`items.${name}`)).toBeUndefined();
    }
  });
});

describe('what cannot be read is refused with the reason', () => {
  test.each([
    ['', 'is empty'],
    ['a..b', 'has an empty part'],
    ['a.', 'has an empty part'],
    ['a[0', 'has a "[" without "]"'],
    ['a[sku]', 'compares nothing'],
    ['a[0]b', 'where "." or "[" should stand'],
    ['@here.x', 'unknown "@" name'],
    ['^.x', 'goes up 1 level(s)'],
    ['$.a[sku=^.^.x].b', 'path "$.a[sku=^.^.x].b" compares with more than one level up'],
    ['a[sku=^.^]', 'compares with more than one level up'],
    ['a[sku=^.$.id]', 'compares with "^.$.id", which is no field'],
    ['a[sku=^.@source.id]', 'compares with "^.@source.id", which is no field'],
    ['a ?? b[*].c', 'mixes "??" with "[*]"'],
    ['__proto__.x', 'reserved name "__proto__"'],
    ['a["constructor"].x', 'reserved name "constructor"'],
    ['a[*].prototype', 'reserved name "prototype"'],
  ])('%p', (path, message) => {
    expect(() => compilePath(path)).toThrow(message);
  });
});

test.each([
  ['list[0].v', { list: { 0: { v: 1 }, more: true } }, 1],
  ['list[2].v', { list: { 0: { v: 1 }, 2: { v: 2 } } }, 2],
  ['list[0].v', { list: { 1: { v: 1 }, 2: { v: 2 } } }, 1],
  ['list[-1].v', { list: { 1: { v: 1 }, 2: { v: 2 } } }, 2],
  ['number[0]', { number: '1001' }, '1'],
  ['number[0]', { number: 1001 }, undefined],
  ['none[0].v', { none: null }, undefined],
  ['object[0]', { object: { a: 1 } }, undefined],
])('%s of %j is what n8n shows, or the element of a list with gaps', (path, document, value) => {
  expect(read(path, document)).toBe(value);
});

test('a field is named as documents list it, however its path writes it', () => {
  const named = (path: string) => fieldOf(parsePath(path).steps);
  expect(named('items["0"].sku')).toBe('items[*].sku');
  expect(named('a["b"][-1]["c.d"]')).toBe('a.b[*]["c.d"]');
});

test('keys of any spelling are read back when they are quoted', () => {
  const key = fc
    .string({ minLength: 1 })
    .filter(
      (text) => !text.includes('"') && !['__proto__', 'constructor', 'prototype'].includes(text),
    );
  fc.assert(
    fc.property(key, key, fc.integer(), (a, b, value) => {
      const document = Object.fromEntries([[a, Object.fromEntries([[b, value]])]]);
      expect(read(`["${a}"]["${b}"]`, document)).toBe(value);
    }),
  );
});

test('parsing ends for any text, with a path or a reason', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab.[]*^$@"\'=!<>,?0- ') }), (text) => {
      try {
        expect(parsePath(text).text).toBe(text.trim());
      } catch (error) {
        expect((error as Error).message).toMatch(/^path "/);
      }
    }),
    { numRuns: 500 },
  );
});

describe('writing', () => {
  test('makes the objects on the way', () => {
    const target = {};
    compileWriter('a.b.c')(target, 1);
    compileWriter('a.b.d')(target, 2);
    compileWriter('x["y@odata.bind"]')(target, 3);
    expect(target).toEqual({ a: { b: { c: 1, d: 2 } }, x: { 'y@odata.bind': 3 } });
    compileRemover('a.b.c')(target);
    compileRemover('not.there')(target);
    expect(target).toEqual({ a: { b: { d: 2 } }, x: { 'y@odata.bind': 3 } });
  });

  test.each(['__proto__.polluted', 'constructor.prototype.polluted', 'a["__proto__"].polluted'])(
    'refuses %s',
    (path) => {
      expect(() => compileWriter(path)).toThrow('reserved name');
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    },
  );

  test.each(['a[*].b', 'a[0]', '$.a', '@index'])('refuses %s as a target', (path) => {
    expect(() => targetKeys(path)).toThrow('is not a field name');
  });

  test('joins names as paths write them', () => {
    expect(joinPath('a[*]', 'b')).toBe('a[*].b');
    expect(joinPath('a', '["b.c"]')).toBe('a["b.c"]');
    expect(joinPath('', 'b')).toBe('b');
  });
});
