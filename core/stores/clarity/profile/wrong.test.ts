/** Whoever gets a profile wrong is told where, what, and how it is right. */
import { WRONG_PROFILES } from '../../../../test/support/wrongProfiles';
import { toServiceError } from '../../../errors';
import { readProfile } from './read';

function failureOf(text: string) {
  try {
    readProfile(text);
  } catch (error) {
    return toServiceError(error);
  }
  throw new Error('The profile was taken');
}

describe.each(Object.entries(WRONG_PROFILES))('%s', (_, profiles) => {
  it.each(profiles)('$title', ({ text, says }) => {
    expect(failureOf(text)).toMatchObject({
      class: 'validation',
      message: `The API profile cannot be used. ${says}`,
      fix: 'Correct API Profile in the credential.',
    });
  });
});

it('what is right stays so: a mark of another system at the beginning, paths with alternatives, names of its own', () => {
  const text = `\uFEFF{
    "extends": "brief",
    "basePath": "",
    "authentication": { "apiKey": { "header": "Authorization" } },
    "resources": {
      "orders": {
        "get": { "path": "/orders/{id}/full?view=all" },
        "list": { "where": { "externalId": "q", "orderId": "q" } },
        "fields": { "email": "mail ?? customer.mail", "ourOwn": "lines[0].note" }
      }
    }
  }`;
  expect(readProfile(text).resources.orders).toMatchObject({
    get: { method: 'GET', path: '/orders/{id}/full?view=all' },
    list: { where: { externalId: 'q', orderId: 'q' } },
    fields: { ourOwn: 'lines[0].note' },
  });
});
