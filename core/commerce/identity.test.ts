import { guestId, identityName, identityOf } from './identity';

const ORDER = { platform: 'xcart', store: 'main', kind: 'order', id: 1042 };

test('the same record has the same key, for ever', () => {
  expect(identityName(ORDER)).toBe('xcart:main:order:1042');
  // Written down on purpose: a change here would double every record that has been sent.
  expect(identityOf(ORDER)).toBe('65337355-c90e-5faf-b29d-a12b26ae3324');
  expect(identityOf({ ...ORDER, id: '1042' })).toBe(identityOf(ORDER));
});

test('platform, store, kind and id all count', () => {
  const keys = [
    ORDER,
    { ...ORDER, platform: 'clarity' },
    { ...ORDER, store: 'second' },
    { ...ORDER, kind: 'order-line' },
    { ...ORDER, id: 1043 },
  ].map(identityOf);
  expect(new Set(keys).size).toBe(keys.length);
});

test('guests are known by their e-mail address, however it is written', () => {
  expect(guestId(' Ada@Example.COM ')).toBe('ada@example.com');
});

test('names the part that is missing', () => {
  expect(() => identityOf({ ...ORDER, store: ' ' })).toThrow('without "store"');
  expect(() => identityOf({ ...ORDER, id: '' })).toThrow('without "id"');
});
