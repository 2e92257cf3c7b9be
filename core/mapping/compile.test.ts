import { compileMapping, prepareMapping } from './compile';
import type { MappingContext } from './scope';
import type { FieldRule, MappingSpec } from './spec';

function spec(fields: FieldRule[], tables?: MappingSpec['tables']): MappingSpec {
  return { name: 'test', from: 'a', to: 'b', tables, fields };
}

function map(fields: FieldRule[], document: unknown, context?: MappingContext): unknown {
  const result = compileMapping(spec(fields)).map(document, context);
  if (!result.ok) throw result.error;
  return result.document;
}

function problems(fields: FieldRule[], document: unknown) {
  const result = compileMapping(spec(fields)).map(document);
  return result.ok ? [] : result.problems;
}

describe('where values come from', () => {
  test.each<[string, Omit<FieldRule, 'to'>, unknown]>([
    ['path', { from: 'a.b' }, 5],
    ['fixed value', { value: 'x' }, 'x'],
    ['fixed null', { value: null }, null],
    ['template', { template: 'No. {a.b} of {missing ?? name}' }, 'No. 5 of Cup'],
    ['template without any value', { template: 'No. {missing}', default: '-' }, '-'],
    ['calculation', { calculate: { multiply: [{ calculate: { add: ['a.b', 0.1] } }, 3] } }, 15.3],
    ['difference', { calculate: { subtract: ['a.b', 1, 2] } }, 2],
    ['quotient', { calculate: { divide: ['a.b', 4] } }, 1.25],
    ['split', { from: 'tags', split: ',' }, ['x', 'y']],
    ['split and count', { from: 'tags', split: ',', aggregate: 'count' }, 2],
    ['split of each value', { from: 'items[*].codes', split: ',' }, ['p', 'q', 'r']],
    ['each value of a list', { from: 'items[*].sku', transforms: ['lower'] }, ['a', 'b']],
    ['sum', { from: 'items[*].price', aggregate: 'sum' }, 0.3],
    ['sum of nothing', { from: 'none[*].price', aggregate: 'sum' }, 0],
    ['join', { from: 'items[*].sku', aggregate: 'join', separator: '/' }, 'A/B'],
    ['first', { from: 'items[*].sku', aggregate: 'first' }, 'A'],
    ['last', { from: 'items[*].sku', aggregate: 'last' }, 'B'],
    ['min', { from: 'items[*].price', aggregate: 'min' }, 0.1],
    ['max of text', { from: 'items[*].sku', aggregate: 'max' }, 'B'],
    ['inline lookup', { from: 'status', lookup: { P: 100001 } }, 100001],
    ['lookup with default', { from: 'name', lookup: { P: 1 }, default: 0 }, 0],
    ['default', { from: 'missing', default: false }, false],
    ['chain', { from: 'name', transforms: ['upper', { type: 'truncate', length: 2 }] }, 'CU'],
    ['cleared', { from: 'missing', empty: 'null' }, null],
  ])('%s', (_name, rule, expected) => {
    const document = {
      a: { b: 5 },
      name: 'Cup',
      tags: 'x, y',
      status: 'P',
      items: [
        { sku: 'A', price: 0.1, codes: 'p, q' },
        { sku: 'B', price: 0.2, codes: 'r' },
      ],
    };
    expect(map([{ to: 'x', ...rule }], document)).toEqual({ x: expected });
  });

  test('an empty value writes nothing', () => {
    expect(map([{ to: 'x', from: 'a' }], { a: '' })).toEqual({});
    expect(map([{ to: 'x', from: 'a', transforms: ['upper'] }], { a: null })).toEqual({});
    expect(map([{ to: 'x', from: 'a' }], { a: 0 })).toEqual({ x: 0 });
  });

  test('an expression is asked of the caller', () => {
    const expressions = { note: () => 'from n8n' };
    expect(map([{ to: 'x', expression: 'note' }], {}, { expressions })).toEqual({ x: 'from n8n' });
  });

  test('a lookup table is found by its name', () => {
    const mapping = compileMapping(
      spec([{ to: 'x', from: 's', lookup: 'status' }], { status: { P: 1 } }),
    );
    expect(mapping.map({ s: 'P' })).toEqual({ ok: true, document: { x: 1 } });
  });

  test('an option of a transform is read from the document', () => {
    const rule: FieldRule = {
      to: 'x',
      from: 'v',
      transforms: [{ type: 'money', currency: { from: '$.currency' } }],
    };
    expect(map([rule], { v: 2.345, currency: 'USD' })).toEqual({ x: 2.34 });
    expect(map([rule], { v: 2.345, currency: 'KWD' })).toEqual({ x: 2.345 });
    expect(map([rule], { v: 2.345, currency: 'JPY' })).toEqual({ x: 2 });
  });
});

describe('conditions', () => {
  const document = {
    status: 'P',
    total: 10,
    tags: ['a'],
    note: '',
    paid: 'Yes',
    flags: [
      { id: 1, on: 1 },
      { id: 2, on: '' },
    ],
  };
  test.each<[FieldRule['when'], boolean]>([
    [{ path: 'status', is: 'equals', value: 'P' }, true],
    [{ path: 'total', is: 'equals', value: '10' }, true],
    [{ path: 'paid', is: 'equals', value: true }, true],
    [{ path: 'paid', is: 'notEquals', value: false }, true],
    [{ path: 'nothing', is: 'equals', value: false }, false],
    [{ path: 'flags[on=true].id', is: 'equals', value: 1 }, true],
    [{ path: 'flags[on!=true].id', is: 'equals', value: 2 }, true],
    [{ path: 'flags[on=false].id', is: 'missing' }, true],
    [{ path: 'status', is: 'notEquals', value: 'P' }, false],
    [{ path: 'note', is: 'exists' }, false],
    [{ path: 'note', is: 'missing' }, true],
    [{ path: 'status', is: 'in', value: ['Q', 'P'] }, true],
    [{ path: 'tags', is: 'contains', value: 'a' }, true],
    [{ path: 'status', is: 'startsWith', value: 'Q' }, false],
    [{ path: 'total', is: 'greaterThan', value: 9 }, true],
    [{ path: 'note', is: 'lessThan', value: 9 }, false],
    [{ not: { path: 'total', is: 'lessThan', value: 9 } }, true],
    [
      {
        and: [
          { path: 'total', is: 'exists' },
          { path: 'note', is: 'exists' },
        ],
      },
      false,
    ],
    [
      {
        or: [
          { path: 'total', is: 'exists' },
          { path: 'note', is: 'exists' },
        ],
      },
      true,
    ],
  ])('%j', (when, applies) => {
    expect(map([{ to: 'x', value: 1, when }], document)).toEqual(applies ? { x: 1 } : {});
  });
});

describe('bad data', () => {
  test('names target, source, what is wrong and what to do, for every field of the document', () => {
    const fields: FieldRule[] = [
      { to: 'name', from: 'title', required: true },
      {
        to: 'lines',
        each: 'items',
        required: true,
        fields: [{ to: 'quantity', from: 'amount', transforms: ['number'] }],
      },
      { to: 'state', from: 'status', lookup: { P: 1 } },
    ];
    const found = problems(fields, { items: [{ amount: 1 }, { amount: 'many' }], status: 'ZZ' });
    expect(found).toEqual([
      {
        target: 'name',
        source: 'title',
        message: 'is required and has no value',
        fix: 'Fill it at its source, or give this row a default.',
      },
      {
        target: 'lines[1].quantity',
        source: 'items[1].amount',
        message: 'expected a number, found text',
        fix: 'Correct the value at its source, or add a Number transform that fits its format.',
      },
      {
        target: 'state',
        source: 'status',
        message: 'the lookup table has no entry for "ZZ"',
        missing: '"ZZ"',
        fix: 'Add the entry to the table, or give the row a default.',
      },
    ]);
    const result = compileMapping(spec(fields)).map({ status: 'P' });
    expect(result.ok ? '' : result.error.message).toBe(
      'Cannot fill "name" (from "title"): is required and has no value; ' +
        '"lines" (from "items"): is required and has no value',
    );
    expect(result.ok ? '' : result.error.class).toBe('validation');
  });

  test('concerns its own document only', () => {
    const mapping = compileMapping(spec([{ to: 'n', from: 'n', transforms: ['number'] }]));
    expect([{ n: 1 }, { n: 'x' }, { n: 2 }].map((one) => mapping.map(one).ok)).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('never repeats what may be personal', () => {
    const [problem] = problems(
      [{ to: 'x', from: 'x', transforms: [{ type: 'phone', strict: true }] }],
      { x: 'call my private number' },
    );
    expect(JSON.stringify(problem)).not.toContain('private');
  });

  test.each([[null], [undefined], ['text'], [5], [[]]])('%p instead of a document', (document) => {
    expect(map([{ to: 'x', from: 'a.b', default: 1 }], document)).toEqual({ x: 1 });
  });
});

describe('a bad spec is refused before anything runs, with the row and the repair', () => {
  const bad = (fields: unknown) => () => compileMapping(spec(fields as FieldRule[]));
  test.each<[string, unknown[], string]>([
    [
      'typo in a setting',
      [{ to: 'x', form: 'a' }],
      'field 1 ("x"): unknown setting "form". Did you mean "from"?',
    ],
    ['no target', [{ from: 'a' }], 'field 1: "to" is missing'],
    ['no source', [{ to: 'x' }], 'field 1 ("x"): says nowhere where its value comes from'],
    ['two sources', [{ to: 'x', from: 'a', value: 1 }], 'field 1 ("x"): has "from" and "value"'],
    ['bad path', [{ to: 'x', from: 'a[' }], 'field 1 ("x"): path "a[" has a "[" without "]"'],
    [
      'unknown transform',
      [{ to: 'x', from: 'a', transforms: ['uper'] }],
      'no transform "uper". Did you mean "upper"?',
    ],
    [
      'unknown option',
      [{ to: 'x', from: 'a', transforms: [{ type: 'truncate', lenght: 3 }] }],
      'has no option "lenght". Did you mean "length"?',
    ],
    [
      'missing option',
      [{ to: 'x', from: 'a', transforms: ['truncate'] }],
      'option "length" of transform "truncate" is missing',
    ],
    [
      'option of a wrong kind',
      [{ to: 'x', from: 'a', transforms: [{ type: 'truncate', length: 'x' }] }],
      'is not a whole number from 1 on',
    ],
    [
      'unknown table',
      [{ to: 'x', from: 'a', lookup: 'states' }],
      'names the lookup table "states"',
    ],
    [
      'unknown zone',
      [{ to: 'x', from: 'a', transforms: [{ type: 'date', zone: 'Mars' }] }],
      '"Mars" is not a time zone',
    ],
    ['list without fields', [{ to: 'x', each: 'a' }], 'has "each" without "fields"'],
    [
      'in a list',
      [{ to: 'x', each: 'a', fields: [{ to: 'y', from: '^.^.z' }] }],
      'field 1 › 1 ("x[*].y"): path "^.^.z" goes up 2 level(s)',
    ],
    [
      'allocation outside a list',
      [{ to: 'x', allocate: { total: 'a', weights: 'b' } }],
      'has "allocate" outside a list',
    ],
    [
      'rounding outside a list',
      [{ to: 'x', roundTo: { total: 'a', value: 'b' } }],
      'has "roundTo" outside a list',
    ],
    ['reserved name', [{ to: '__proto__.x', value: 1 }], 'reserved name "__proto__"'],
    ['formula without its engine', [{ to: 'x', formula: 'a' }], 'formula engine is not loaded'],
  ])('%s', (_name, fields, message) => {
    expect(bad(fields)).toThrow(message);
    expect(bad(fields)).toThrow('Mapping "test"');
  });

  test('tells how many more there are', () => {
    expect(bad([{ to: 'x' }, { to: 'y' }])).toThrow('(and 1 more)');
    expect(() => compileMapping({} as MappingSpec)).toThrow('"from" is missing');
  });
});

describe('formulas', () => {
  test('are JSONata, on documents and list elements, and end in the same pipeline', async () => {
    const mapping = await prepareMapping(
      spec([
        { to: 'total', formula: '$sum(items.(price * amount))', transforms: ['money'] },
        {
          to: 'lines',
          each: 'items',
          fields: [{ to: 'n', formula: '$parent.number & "-" & $index' }],
        },
      ]),
    );
    const document = {
      number: '7',
      items: [
        { price: 0.1, amount: 3 },
        { price: 1, amount: 1 },
      ],
    };
    expect(mapping.hasFormulas).toBe(true);
    expect(await mapping.mapAsync(document)).toEqual({
      ok: true,
      document: { total: 1.3, lines: [{ n: '7-0' }, { n: '7-1' }] },
    });
  });

  test('say what is wrong with them, before and while they run', async () => {
    await expect(prepareMapping(spec([{ to: 'x', formula: '$sum(' }]))).rejects.toThrow(
      'field 1 ("x"): the formula cannot be read',
    );
    const mapping = await prepareMapping(spec([{ to: 'x', formula: '$number(a)' }]));
    const result = await mapping.mapAsync({ a: 'text' });
    expect(result.ok ? '' : result.error.message).toContain('the formula did not work');
  });

  test('a formula that does not end is stopped', async () => {
    const mapping = await prepareMapping(
      spec([{ to: 'x', formula: '($f := function($n){$f($n+1)+1}; $f(0))' }]),
    );
    expect((await mapping.mapAsync({})).ok).toBe(false);
  });
});

describe('safety', () => {
  test('a hostile document pollutes nothing and leaves no prototype behind', () => {
    const hostile: unknown = JSON.parse(
      '{"a": {"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "b": 1}}',
    );
    const result = map(
      [
        { to: 'copy', from: 'a' },
        { to: 'copy.c', value: 2 },
      ],
      hostile,
    ) as {
      copy: Record<string, unknown>;
    };
    expect(result.copy).toEqual({ b: 1, c: 2 });
    expect(Object.getPrototypeOf(result.copy)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('a lookup does not find what objects inherit', () => {
    const [problem] = problems([{ to: 'x', from: 'a', lookup: { P: 1 } }], { a: 'toString' });
    expect(problem?.message).toContain('no entry for "toString"');
  });

  test('what is written never reaches the source, nor the next document', () => {
    const source = { address: { city: 'Austin' }, tags: ['a'] };
    const fields: FieldRule[] = [
      { to: 'address', from: 'address' },
      { to: 'address.city', value: 'Bonn' },
      { to: 'fixed', value: { list: [1] } },
      { to: 'fixed.more', from: 'address.city' },
    ];
    expect(map(fields, source)).toEqual({
      address: { city: 'Bonn' },
      fixed: { list: [1], more: 'Austin' },
    });
    expect(source.address.city).toBe('Austin');
    expect(map([{ to: 'fixed', value: { list: [1] } }], {})).toEqual({ fixed: { list: [1] } });
  });
});
