import type { ICredentialsDecrypted, ICredentialTestFunctions } from 'n8n-workflow';

import { ServiceError } from '../../core/errors';
import { credentialTest } from './credentialTest';

describe('the test of a credential', () => {
  const test = async (failure?: ServiceError) => {
    const asked = credentialTest({
      service: '3dcart',
      addressField: 'Secure URL',
      passed: 'It answers',
      meanings: { 401: 'The store does not know the Token.' },
      ask: async (text) => {
        expect([text('token'), text('nothing')]).toEqual(['t', '']);
        await (failure ? Promise.reject(failure) : Promise.resolve());
      },
    });
    const credential = { data: { token: ' t\n' } } as unknown as ICredentialsDecrypted;
    return (await asked.call({} as ICredentialTestFunctions, credential)).message;
  };

  it('says what an answer means for the fields of its dialog', async () => {
    expect(await test()).toBe('It answers');
    const refused = new ServiceError('no', { class: 'authentication', status: 401 });
    expect(await test(refused)).toBe('The store does not know the Token.');
    expect(await test(new ServiceError('shop gave no answer.', { class: 'transient' }))).toBe(
      'shop gave no answer. Check Secure URL, and that this n8n can reach the store.',
    );
    const fix = 'Check the spelling of the address.';
    expect(await test(new ServiceError('shop is not known.', { class: 'transient', fix }))).toBe(
      'shop is not known. Check the spelling of Secure URL.',
    );
    expect(await test(new ServiceError('a page', { class: 'unknown', fix: 'Look.' }))).toBe(
      'a page. Look. Check that Secure URL is the address of a 3dcart store.',
    );
  });
});
