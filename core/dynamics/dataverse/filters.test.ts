import { filtersFor } from '../../odata/listIn';
import { encodeQuery, toGuid } from '../../odata/query';
import { contains, equalsText, isIn, isNotIn, startsWith } from './filters';
import { entitySet, keySegment } from './operations';
import { DATAVERSE } from './service';

const ID = '6d81597f-0f9f-e711-8122-000d3aa2331c';

describe('filters', () => {
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

  it('asks for many at once', () => {
    expect(isIn('productnumber', ['A"1', "B'2", 3])).toBe(
      `Microsoft.Dynamics.CRM.In(PropertyName='productnumber',PropertyValues=["A\\"1","B'2","3"])`,
    );
  });

  it('divides what is too many, and forgets none', () => {
    const values = Array.from({ length: 5_000 }, (_, index) => `SKU ${index}`);
    const filters = filtersFor(DATAVERSE, 'productnumber', [...values, ...values]);
    expect(filters.length).toBeGreaterThan(1);
    for (const filter of filters) expect(encodeQuery(filter).length).toBeLessThan(21_000);
    const found = filters.flatMap(
      (filter) => JSON.parse(/\[.*\]/.exec(filter)?.[0] ?? '') as string[],
    );
    expect(found).toEqual(values);
  });

  it('lists numbers without an exponent', () => {
    expect(isIn('amount', [1e-7, 1e21])).toContain('["0.0000001","1000000000000000000000"]');
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
