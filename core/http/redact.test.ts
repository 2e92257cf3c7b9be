import { setTimeout as sleep } from 'node:timers/promises';

import * as fc from 'fast-check';

import { passesLuhn, redact, REMOVED, REMOVED_CARD, REMOVED_EMAIL } from './redact';

const secret = fc.stringMatching(/^[A-Za-z0-9~._-]{16,60}$/);
const words = fc.stringMatching(/^[a-z ]{0,30}$/);

function withCheckDigit(digits: string): string {
  const check = [...'0123456789'].find((digit) => passesLuhn(digits + digit));
  return digits + check;
}

const cardNumber = fc.stringMatching(/^[1-9]\d{11,17}$/).map(withCheckDigit);

describe('redact', () => {
  it.each([
    ['Authorization: Bearer %s'],
    ['{"authorization":"Bearer %s"}'],
    ['client_secret=%s&grant_type=client_credentials'],
    ['{"client_secret":"%s"}'],
    ['body {\\"client_secret\\":\\"%s\\"}'],
    ['X-Auth-Token: %s'],
    ['https://shop.example/api/orders?_key=%s&page=2'],
    ['https://n8n.example/hook?code=%s'],
    ['https://files.example/x?sv=1&sig=%s'],
    ["password='%s'"],
    ['{"access_token":"%s","expires_in":3599}'],
  ])('takes the secret out of %p', (template) => {
    fc.assert(
      fc.property(secret, words, words, (value, before, after) => {
        const text = `${before} ${template.replace('%s', value)} ${after}`;
        expect(redact(text)).not.toContain(value);
      }),
    );
  });

  it('takes a JWT out wherever it stands', () => {
    const part = fc.stringMatching(/^[\w-]{10,40}$/);
    fc.assert(
      fc.property(part, part, part, words, (header, payload, signature, before) => {
        const token = `eyJ${header}.${payload}.${signature}`;
        expect(redact(`${before} "${token}"`)).not.toContain(payload);
      }),
    );
  });

  it.each([
    ['cut off in its first part', ''],
    ['cut off in its second part', '.eyJzdWIiOiJz'],
    ['without a signature', '.eyJzdWIiOiJz.'],
    ['encrypted, without a key of its own', '..c2VjcmV0LWl2.c2VjcmV0LXRleHQ.c2VjcmV0LXRhZw'],
  ])('takes a JWT out that is %s', (_, rest) => {
    expect(redact(`token "eyJhbGciOiJkaXIifQ${rest}" was refused`)).toBe(
      `token "${REMOVED}" was refused`,
    );
  });

  it('takes card numbers out, grouped or not', () => {
    fc.assert(
      fc.property(cardNumber, fc.constantFrom('', ' ', '-'), (digits, separator) => {
        const grouped = digits.match(/.{1,4}/g)?.join(separator) ?? '';
        expect(redact(`paid with ${grouped}.`)).toBe(`paid with ${REMOVED_CARD}.`);
      }),
    );
  });

  it('finds a card number between other groups of digits', () => {
    expect(redact('12 4111 1111 1111 1111 2030')).not.toContain('4111');
  });

  it('takes e-mail addresses out', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        expect(redact(`row for <${address}> exists`)).not.toContain(`${address}>`);
      }),
    );
    expect(redact('to jörg.müller@beispiel.de now')).toBe(`to ${REMOVED_EMAIL} now`);
  });

  it('leaves what a person needs to find the fault', () => {
    const plain = [
      'account With Id = 1f0c2d34-1111-4222-8333-444455556666 Does Not Exist',
      '{"error":{"code":"0x80040237","message":"Cannot insert duplicate key."}}',
      'customerid_account@odata.bind and statuscode@OData.Community.Display.V1.FormattedValue',
      '4_contact@Microsoft.Dynamics.CRM.lookuplogicalname',
      'Number of requests exceeded the limit of 6000 over time window of 300 seconds.',
      'order 1234567890123 of 2026-10-31',
      '11111111-1111-1111-1111-111111111111',
    ];
    for (const text of plain) expect(redact(text)).toBe(text);
  });

  it('is settled after one pass', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(redact(redact(text))).toBe(redact(text));
      }),
    );
  });

  /** A second where each character is looked at once; minutes where each makes all others be looked at again. */
  it.each(['1 ', '1', 'a@', 'a', 'eyJa-', 'Bearer ', 'client_secret="', '\\"', '%', '{"code":'])(
    'ends on 1,500,000 characters that repeat %j',
    async (part) => {
      redact(part.repeat(1_500_000 / part.length));
      // The limit for tests that hang is a timer, and has its say only now.
      await sleep(1);
    },
  );
});
