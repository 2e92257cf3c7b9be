import { guestId, identifies, identityName, identityOf } from './identity';

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

test('customers, guests and companies keep the keys that they have had', () => {
  const of = (kind: string, id: string) => identityOf({ ...ORDER, kind, id });
  expect(of('customer', '15')).toBe('5d454104-d465-5a37-81ae-22e22e646244');
  expect(of('guest', 'ada@example.com')).toBe('bd42b8d6-ca50-5d55-a7d1-67235a5a305e');
  expect(of('account', '15')).toBe('68324b8e-d1ad-5c17-9a69-2ef6515420dc');
  expect(of('account', 'ada@example.com')).toBe('922d0df7-6102-5c0f-a84e-51b624c711df');
});

test('nobody has no key, whoever asks for it', () => {
  for (const kind of ['customer', 'account']) {
    expect(() => identityOf({ ...ORDER, kind, id: 0 })).toThrow(`identifies no ${kind}`);
    expect(() => identityOf({ ...ORDER, kind, id: 'null' })).toThrow(`identifies no ${kind}`);
  }
  for (const kind of ['guest', 'account']) {
    expect(() => identityOf({ ...ORDER, kind, id: 'none@none.com' })).toThrow('identifies no');
  }
});

test('records that are no persons may be number 0', () => {
  expect(identifies('order-line', 0)).toBe(true);
  expect(identityOf({ ...ORDER, kind: 'order-line', id: 0 })).toMatch(/^[0-9a-f-]{36}$/);
  expect(identifies('shipment', '0')).toBe(true);
});

test('guests are known by their e-mail address, however it is written', () => {
  expect(guestId(' Ada@Example.COM ')).toBe('ada@example.com');
});

test('names the part that is missing', () => {
  expect(() => identityOf({ ...ORDER, store: ' ' })).toThrow('without "store"');
  expect(() => identityOf({ ...ORDER, id: '' })).toThrow('without "id"');
});
