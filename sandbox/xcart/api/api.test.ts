import { dateTest, orderDate, phpDate, productDate, storeDate } from './dates';
import { issueToken, readToken, TOKEN_LIFETIME_SECONDS } from './jwt';
import { negotiate, suffixOf, withoutSuffix } from './negotiate';
import { paginate } from './paging';
import { Query } from './query';

const NOW = new Date('2024-05-02T10:00:00.700Z');
const at = (text: string): number => Date.parse(text) / 1000;

describe('query strings', () => {
  test('keep the dots and read the brackets of PHP', () => {
    const query = new Query(
      '/api/orders?paymentStatus.code[]=P&paymentStatus.code%5B1%5D=A&date[after]=x&order[date]=desc&page=2',
    );
    expect(query.list('paymentStatus.code')).toEqual(['P', 'A']);
    expect(query.table('date')).toEqual({ after: 'x' });
    expect(query.scalar('page')).toBe('2');
    expect(query.scalar('paymentStatus.code')).toBeUndefined();
  });

  test('a plus is a space', () => {
    expect(new Query('/?a=1+2').scalar('a')).toBe('1 2');
    expect(new Query('/?a=1%2B2').scalar('a')).toBe('1+2');
  });

  test('broken escapes do not break the request', () => {
    expect(new Query('/?a=%E0%A4%A').scalar('a')).toBe('%E0%A4%A');
  });

  test('a link to another page keeps the filters', () => {
    expect(new Query('/api/orders?date[after]=a b&page=1').withPage(3)).toBe(
      'date%5Bafter%5D=a%20b&page=3',
    );
  });
});

describe('dates', () => {
  test.each([
    ['2024-05-01T00:00:00+00:00', at('2024-05-01T00:00:00Z')],
    ['2024-05-01T02:00:00+0200', at('2024-05-01T00:00:00Z')],
    ['2024-05-01T00:00:00.500Z', at('2024-05-01T00:00:00Z')],
    ['2024-05-01 08:30', at('2024-05-01T08:30:00Z')],
    ['2024-05-01', at('2024-05-01T00:00:00Z')],
    ['5/1/2024', at('2024-05-01T00:00:00Z')],
    ['1.5.2024 08:30', at('2024-05-01T08:30:00Z')],
    ['1 May 2024', at('2024-05-01T00:00:00Z')],
    ['May 1, 2024 08:30:15', at('2024-05-01T08:30:15Z')],
    ['Wed, 01 May 2024 08:30:00 GMT', at('2024-05-01T08:30:00Z')],
    ['@1714521600', 1_714_521_600],
    ['now', at('2024-05-02T10:00:00Z')],
    ['yesterday', at('2024-05-01T00:00:00Z')],
    ['-2 hours', at('2024-05-02T08:00:00Z')],
    ['1 day ago', at('2024-05-01T10:00:00Z')],
  ])('%s is read', (text, seconds) => {
    expect(phpDate(text, NOW)).toBe(seconds);
  });

  test.each(['garbage', '2024-13-01', '13/1/2024', '1714521600', '2024-05-01T00:00:00 00:00'])(
    '%s is not a date, so the filter is ignored',
    (text) => {
      expect(phpDate(text, NOW)).toBeUndefined();
      expect(dateTest({ after: text }, NOW)(0)).toBe(true);
    },
  );

  test('after and before include the bound, strictly_* do not', () => {
    const bound = '2024-05-01T00:00:00Z';
    const test = (key: string, offset: number): boolean =>
      dateTest({ [key]: bound }, NOW)(at(bound) + offset);
    expect([test('after', 0), test('after', -1)]).toEqual([true, false]);
    expect([test('strictly_after', 0), test('strictly_after', 1)]).toEqual([false, true]);
    expect([test('before', 0), test('before', 1)]).toEqual([true, false]);
    expect([test('strictly_before', 0), test('strictly_before', -1)]).toEqual([false, true]);
  });

  test('the store writes whole seconds in UTC', () => {
    expect(storeDate(NOW)).toBe('2024-05-02T10:00:00+00:00');
    expect(orderDate(NOW)).toBe('2024-05-02T10:00:00+0000');
    expect(productDate(NOW)).toBe('2024-05-02T05:00:00-0500');
  });
});

describe('format of the answer', () => {
  test.each([
    [undefined, 'json'],
    ['*/*', 'json'],
    ['application/*', 'json'],
    ['application/ld+json', 'jsonld'],
    ['application/ld+json;q=0.5, application/json;q=0.4', 'jsonld'],
    ['application/json,text/html,application/xhtml+xml,*/*;q=0.7', 'json'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9', 'html'],
  ])('Accept: %s → %s', (accept, format) => {
    expect(negotiate(undefined, accept)).toBe(format);
  });

  test('what cannot be had is refused with the list of what can', () => {
    expect(() => negotiate(undefined, 'application/xml')).toThrow(
      'Requested format "application/xml" is not supported. Supported MIME types are ' +
        '"application/json", "application/ld+json", "text/html".',
    );
    expect(() => negotiate(undefined, 'application/json;q=0')).toThrow('not supported');
  });

  test('a suffix of the path decides', () => {
    expect(suffixOf('/api/orders.jsonld?page=1')).toBe('jsonld');
    expect(withoutSuffix('/api/orders.json?page=1')).toBe('/api/orders?page=1');
    expect(suffixOf('/api/orders?x=a.json')).toBeUndefined();
  });
});

describe('paging', () => {
  const records = Array.from({ length: 250 }, (_unused, index) => index);
  const cut = (text: string): readonly object[] =>
    paginate(records, new Query(`/x?${text}`), (n) => ({ n })).items;

  test('30 by default, 100 at most, empty behind the end', () => {
    expect(cut('')).toHaveLength(30);
    expect(cut('itemsPerPage=500')).toHaveLength(100);
    expect(cut('itemsPerPage=100&page=3')).toHaveLength(50);
    expect(cut('page=99')).toEqual([]);
  });

  test.each(['page=0', 'page=-1', 'page=x'])('%s is refused', (text) => {
    expect(() => cut(text)).toThrow('Page should not be less than 1');
  });
});

test('a token lives an hour and cannot be forged', () => {
  const token = issueToken('a@example.com', 'ROLE_ADMIN', NOW, 'secret');
  const later = new Date(NOW.getTime() + TOKEN_LIFETIME_SECONDS * 1000);
  expect(readToken(token, NOW, 'secret')).toMatchObject({ roles: ['ROLE_ADMIN'] });
  expect(readToken(token, later, 'secret')).toBe('Expired JWT Token');
  expect(readToken(token, NOW, 'other')).toBe('Invalid JWT Token');
  expect(readToken('nonsense', NOW, 'secret')).toBe('Invalid JWT Token');
});
