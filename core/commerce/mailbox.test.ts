import { keepOneMailbox, mailboxOf } from './mailbox';

test.each([
  ['ada@example.com', 'ada@example.com'],
  [' ada@example.com ', 'ada@example.com'],
  ['Ada Lee <ada@example.com>', 'ada@example.com'],
  ['"Lee, Ada" <ada@example.com>', 'ada@example.com'],
  ['<ada@example.com>', 'ada@example.com'],
  ['ada@example.com, kim@example.com', 'ada@example.com'],
  ['ada@example.com;kim@example.com', 'ada@example.com'],
  ['Ada <ada@example.com>, Kim <kim@example.com>', 'ada@example.com'],
  ['Lee, ada@example.com', 'ada@example.com'],
  ['mailto:ada@example.com', 'ada@example.com'],
  ['"a,b"@example.com', '"a,b"@example.com'],
  ["o'neil+shop@example.com", "o'neil+shop@example.com"],
  ['ki\u0001m@example.com\u200b', 'kim@example.com'],
  ['none', 'none'],
  ['ask, later', 'ask, later'],
  ['Ada <>', 'Ada <>'],
  ['', ''],
])('%p is the mailbox %p', (text, mailbox) => {
  expect(mailboxOf(text)).toBe(mailbox);
});

test('a customer has one address, and what was left of the field is told', () => {
  const told: string[] = [];
  const customer = { email: 'Kim <kim@example.com>' };
  keepOneMailbox(customer, (field, message) => told.push(`${field}: ${message}`));
  expect(customer).toEqual({ email: 'kim@example.com' });
  expect(told).toEqual([
    'email: the first address in it was taken, without a name and signs that cannot be seen',
  ]);
});

test('null is no address, and what is no text is left to its field', () => {
  const nobody = { email: null };
  keepOneMailbox(nobody, () => undefined);
  expect(nobody).toEqual({});
  const odd = { email: 7 };
  keepOneMailbox(odd, () => undefined);
  expect(odd).toEqual({ email: 7 });
});

test.each([{ email: 'kim@example.com' }, {}])(
  '%p is as it was, and nothing is told',
  (customer) => {
    const before = { ...customer };
    const told: string[] = [];
    keepOneMailbox(customer, (field) => told.push(field));
    expect(customer).toEqual(before);
    expect(told).toEqual([]);
  },
);
