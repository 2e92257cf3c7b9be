import fc from 'fast-check';

import { isNobody, isNobodysEmail, leaveOutNobody } from './nobody';

const NIL = '00000000-0000-0000-0000-000000000000';

test.each([
  [0],
  [-1],
  [NaN],
  [Infinity],
  [null],
  [undefined],
  [false],
  [true],
  [{}],
  ['0'],
  ['00'],
  ['0.0'],
  [' 0 '],
  ['-1'],
  ['-1.5'],
  [''],
  ['   '],
  ['\u00a0'],
  ['-'],
  ['?'],
  ['null'],
  ['NULL'],
  ['undefined'],
  ['NaN'],
  ['None'],
  ['n/a'],
  ['[object Object]'],
  ['Guest'],
  ['anonymous'],
  [NIL],
  [`{${NIL}}`],
  [NIL.replaceAll('-', '')],
])('%p is the id of nobody', (id) => {
  expect(isNobody(id)).toBe(true);
});

test.each([
  [1],
  [4711],
  [10n],
  ['1'],
  ['007'],
  ['100'],
  ['C-0'],
  ['-1A'],
  ['Nanette'],
  ['客户'],
  ['5d1c6f0e-2b6c-5a51-8f6a-0c6a1e3f7b01'],
])('%p is the id of somebody', (id) => {
  expect(isNobody(id)).toBe(false);
});

test('counted ids and GUIDs are always of somebody', () => {
  fc.assert(
    fc.property(fc.oneof(fc.integer({ min: 1 }), fc.uuid()), (id) => {
      expect(isNobody(id)).toBe(false);
      expect(isNobody(String(id))).toBe(false);
    }),
  );
});

test.each([
  [undefined],
  [null],
  [0],
  [''],
  ['  '],
  ['ada'],
  ['ada at example.com'],
  ['@example.com'],
  ['ada@'],
  [' @ '],
  ['-@example.com'],
  ['noemail@shop.example'],
  ['No-Email@shop.example'],
  ['no_email@shop.example'],
  ['noreply@market.example'],
  ['do-not-reply@market.example'],
  ['none@none.com'],
  ['NONE@None.org'],
  ['na@na.com'],
  ['test@test.com'],
  ['ada@shop.invalid'],
])('%p reaches nobody', (email) => {
  expect(isNobodysEmail(email)).toBe(true);
});

test.each([
  ['ada@example.com'],
  [' Ada@Example.COM '],
  ['ada+shop@example.com'],
  ["o'neil@example.com"],
  ['100%@example.com'],
  ['müller@exämple.de'],
  ['"a@b"@example.com'],
  // May be the mailbox of a hotel, of somebody with that name, of a team.
  ['guest@hotel.example'],
  ['none@example.com'],
  ['test@example.com'],
  ['info@none.com'],
  ['nomailer@example.com'],
])('%p may reach somebody', (email) => {
  expect(isNobodysEmail(email)).toBe(false);
});

test('what names nobody is taken out of a customer, and an address that is no more is told', () => {
  const told: string[] = [];
  const customer = { id: '0', email: 'noemail@shop.example', lastName: 'Lee' };
  leaveOutNobody(customer, (field, message) => told.push(`${field} ${message}`));
  expect(customer).toEqual({ lastName: 'Lee' });
  expect(told).toEqual(['email left out: no e-mail address, or a placeholder that reaches nobody']);
});
