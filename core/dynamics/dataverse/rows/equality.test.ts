import { keptForm } from '../../../sync/kept';
import { DATAVERSE_EQUALITY } from './equality';

const ID = 'AAAAAAAA-0000-4000-8000-00000000000A';
const BUYER = 'customerid_account@odata.bind';

describe('references', () => {
  test.each([
    [`/accounts(${ID})`, `accounts(${ID.toLowerCase()})`, true],
    [`/accounts(${ID})`, `/accounts(${ID.replace('A', 'B')})`, false],
    [`/accounts(${ID})`, `/contacts(${ID})`, false],
    ["/accounts(accountnumber='A')", "/accounts(accountnumber='A')", true],
    ["/accounts(accountnumber='A')", "/accounts(accountnumber='B')", false],
    [null, null, true],
    [null, `/accounts(${ID})`, false],
  ])('%p and %p are the same row: %p', (one, other, expected) => {
    expect(DATAVERSE_EQUALITY.wasSent(BUYER, one, other)).toBe(expected);
  });

  test('of which only the service knows the row are not taken for a change of somebody', () => {
    const stored = { _customerid_value: ID };
    const sent = { [BUYER]: "/accounts(accountnumber='A')" };
    expect(DATAVERSE_EQUALITY.cameOf?.(BUYER, sent, stored)).toBe(true);
    expect(DATAVERSE_EQUALITY.cameOf?.(BUYER, {}, stored)).toBe(false);
  });
});

test.each([
  [undefined, false, true],
  [null, false, true],
  [null, true, false],
  [true, false, false],
])('a flag that was sent as %p came to stand as %p: %p', (sent, stored, expected) => {
  expect(DATAVERSE_EQUALITY.cameOf?.('willcall', { willcall: sent }, { willcall: stored })).toBe(
    expected,
  );
});

test.each(['\n', '\r\n'])('a long text sent with %j stands with either line end', (sentEnd) => {
  const note = (end: string): string => ['Ring twice.', 'x'.repeat(300)].join(end);
  const { description } = keptForm({ description: note(sentEnd) }) as { description: unknown };
  const stands = (text: string): boolean =>
    DATAVERSE_EQUALITY.stands('description', description, { description: text });
  expect([stands(note('\n')), stands(note('\r\n'))]).toEqual([true, true]);
  expect(stands(note('\n').replace('twice', 'once'))).toBe(false);
});
