import * as fc from 'fast-check';

import {
  and,
  contains,
  dateOnly,
  encodeQuery,
  entitySet,
  eq,
  equalsText,
  guid,
  isIn,
  isInChunks,
  isNotIn,
  keySegment,
  not,
  or,
  queryString,
  startsWith,
  toGuid,
} from './query';

const ID = '6d81597f-0f9f-e711-8122-000d3aa2331c';

describe('filters', () => {
  it('writes each kind of value as OData does', () => {
    expect(eq('name', "O'Neil")).toBe("name eq 'O''Neil'");
    expect(eq('statecode', 0)).toBe('statecode eq 0');
    expect(eq('amount', 1e21)).toBe('amount eq 1000000000000000000000');
    expect(eq('amount', -1e-7)).toBe('amount eq -0.0000001');
    expect(eq('amount', -0)).toBe('amount eq 0');
    expect(eq('donotemail', true)).toBe('donotemail eq true');
    expect(eq('parentid', null)).toBe('parentid eq null');
    expect(eq('_customerid_value', guid(`{${ID.toUpperCase()}}`))).toBe(
      `_customerid_value eq ${ID}`,
    );
    expect(eq('createdon', new Date('2026-10-31T14:00:00Z'))).toBe(
      'createdon eq 2026-10-31T14:00:00.000Z',
    );
    expect(eq('birthdate', dateOnly('2001-02-03'))).toBe('birthdate eq 2001-02-03');
  });

  it('writes every number with all its digits and no exponent', () => {
    const doubles = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(doubles, (value) => {
        const text = eq('amount', value).slice('amount eq '.length);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).toBe(value === 0 ? 0 : value);
        expect(isIn('amount', [value])).toContain(`["${text}"]`);
      }),
    );
  });

  it('lets no value out of its quotes', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const text = eq('name', value).slice('name eq '.length);
        expect(text.startsWith("'") && text.endsWith("'")).toBe(true);
        expect(text.slice(1, -1).replaceAll("''", '')).not.toContain("'");
        expect(text.slice(1, -1).replaceAll("''", "'")).toBe(value);
      }),
    );
  });

  it('compares text as it stands, whatever a pattern would make of it', () => {
    expect(equalsText('name', "O'Neil")).toBe("name eq 'O''Neil'");
    expect(equalsText('name', 'A_1')).toBe(isIn('name', ['A_1']));
    expect(equalsText('name', '[x]')).toBe("(name eq '[x]' or name eq '[[]x]')");
    expect(isNotIn('name', ['A_1'])).toBe(
      `Microsoft.Dynamics.CRM.NotIn(PropertyName='name',PropertyValues=["A_1"])`,
    );
  });

  it('takes wildcards in a searched text for what they are', () => {
    expect(contains('name', '100%_[x]')).toBe("contains(name,'100[%][_][[]x]')");
    expect(startsWith('name', "d'A")).toBe("startswith(name,'d''A')");
  });

  it('puts conditions together without changing what they mean', () => {
    const filter = and(or(eq('a', 1), eq('b', 2)), not(eq('c', 3)));
    expect(filter).toBe('((a eq 1 or b eq 2) and not (c eq 3))');
    expect(and(eq('a', 1))).toBe('a eq 1');
  });

  it.each(["name eq 1 or 'x'", 'a b', '', 'a;drop'])('refuses %p as a column', (name) => {
    expect(() => eq(name, 1)).toThrow(/is not the name of a column/);
  });

  it('refuses what is no value', () => {
    expect(() => eq('amount', Number.NaN)).toThrow(/cannot be compared/);
    expect(() => guid('1 or 1 eq 1')).toThrow(/not a GUID/);
    expect(() => dateOnly('tomorrow')).toThrow(/not a date/);
  });

  it('asks for many at once', () => {
    expect(isIn('productnumber', ['A"1', "B'2", 3])).toBe(
      `Microsoft.Dynamics.CRM.In(PropertyName='productnumber',PropertyValues=["A\\"1","B'2","3"])`,
    );
  });

  it('divides what is too many, and forgets none', () => {
    const values = Array.from({ length: 5_000 }, (_, index) => `SKU ${index}`);
    const filters = isInChunks('productnumber', [...values, ...values]);
    expect(filters.length).toBeGreaterThan(1);
    for (const filter of filters) expect(encodeQuery(filter).length).toBeLessThan(21_000);
    const found = filters.flatMap(
      (filter) => JSON.parse(/\[.*\]/.exec(filter)?.[0] ?? '') as string[],
    );
    expect(found).toEqual(values);
  });
});

describe('query options', () => {
  it('builds them all', () => {
    const text = queryString({
      select: ['name', 'ordernumber'],
      filter: eq('name', 'A & B #1+2'),
      orderBy: ['createdon desc'],
      top: 5,
      expand: [{ property: 'order_details', select: ['quantity'], filter: eq('tax', 1) }],
    });
    expect(text).toBe(
      "?$select=name,ordernumber&$filter=name%20eq%20'A%20%26%20B%20%231%2B2'&$orderby=createdon%20desc" +
        '&$top=5&$expand=order_details($select=quantity;$filter=tax%20eq%201)',
    );
    expect(queryString({})).toBe('');
  });

  it('comes back as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const filter = eq('name', value);
        const url = new URL(`https://org.example/x${queryString({ filter })}`);
        expect(url.searchParams.get('$filter')).toBe(filter);
      }),
    );
  });
});

describe('keys', () => {
  it('writes primary and alternate keys', () => {
    expect(keySegment(ID.toUpperCase())).toBe(`(${ID})`);
    expect(keySegment({ accountnumber: "A'1", region: 2, vip: true })).toBe(
      "(accountnumber='A''1',region=2,vip=true)",
    );
    expect(keySegment({ _primarycontactid_value: ID })).toBe(`(_primarycontactid_value=${ID})`);
    expect(keySegment({ name: 'Müller #1' })).toBe("(name='M%C3%BCller%20%231')");
  });

  it.each([...'/<>*%&:\\?+'])('says that %p does not work in an alternate key', (bad) => {
    expect(() => keySegment({ accountnumber: `a${bad}b` })).toThrow(
      `The value of accountnumber contains "${bad}"`,
    );
  });

  it('refuses what names no row', () => {
    expect(() => keySegment('1')).toThrow(/not a GUID/);
    expect(() => keySegment({})).toThrow(/no columns/);
    expect(() => keySegment({ accountnumber: '' })).toThrow(/is empty/);
    expect(() => entitySet('accounts(1)/x')).toThrow(/not the name of a table/);
    expect(toGuid(` {${ID}} `)).toBe(ID);
  });
});
