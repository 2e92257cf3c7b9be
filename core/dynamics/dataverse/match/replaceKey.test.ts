import { replaceKey } from './replaceKey';

const FROM = '7b1f9a06-0000-5000-8000-0000000000ab';
const TO = '7b1f9a06-0000-4000-8000-000000000001';

test('a key is replaced wherever it stands, and nothing else is', () => {
  const item = {
    contactid: FROM,
    'parent@odata.bind': `/contacts(${FROM})`,
    lines: [{ of: `${FROM},${FROM}`, quantity: 2, note: 'by Kim', none: null, sent: true }],
  };
  const before = structuredClone(item);
  expect(replaceKey(item, FROM, TO)).toEqual({
    contactid: TO,
    'parent@odata.bind': `/contacts(${TO})`,
    lines: [{ of: `${TO},${TO}`, quantity: 2, note: 'by Kim', none: null, sent: true }],
  });
  expect(item).toEqual(before);
});

test('a key in capital letters is the same key, and what stands around it keeps its own', () => {
  expect(replaceKey(`/Contacts(${FROM.toUpperCase()}) Kim`, FROM, TO)).toBe(`/Contacts(${TO}) Kim`);
});

test('a text that is longer in small letters loses nothing', () => {
  // "İ" has two units in small letters.
  expect(replaceKey('İİİ Istanbul is a city of some millions of people', FROM, TO)).toBe(
    'İİİ Istanbul is a city of some millions of people',
  );
  expect(replaceKey(`İ ${FROM} end`, FROM, TO)).toBe(`İ ${TO} end`);
});
