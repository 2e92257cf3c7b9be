import { documentOf, withResult } from './input';

const item = {
  json: {
    ...{ name: 'A', account: { name: 'B' }, empty: {} },
    ...{ source: { id: '1' }, claim: { key: 'k' }, dryRun: { writes: [] } },
  },
};

describe('documentOf', () => {
  test('takes the whole item without what travels along', () => {
    expect(documentOf(item, '')).toEqual({ name: 'A', account: { name: 'B' }, empty: {} });
  });

  test('follows a dot path', () => {
    expect(documentOf({ json: { order: { customer: { name: 'C' } } } }, 'order.customer')).toEqual({
      name: 'C',
    });
  });

  test.each(['contact', 'empty', 'account.nothing.at.all'])('finds nothing in "%s"', (path) => {
    expect(documentOf(item, path)).toBeUndefined();
  });

  test('names the field that is no document', () => {
    expect(() => documentOf(item, 'name')).toThrow('The field "name" of the input item');
  });
});

describe('withResult', () => {
  test('puts out the result alone, or on the item under a name', () => {
    expect(withResult(item, '', { id: '7' }, 3)).toEqual({
      json: { id: '7' },
      pairedItem: { item: 3 },
    });
    expect(withResult(item, 'account', { id: '7' }, 3)).toEqual({
      json: { ...item.json, account: { id: '7' } },
      pairedItem: { item: 3 },
    });
    expect(item.json.account).toEqual({ name: 'B' });
  });
});
