import { NodeHelpers } from 'n8n-workflow';

import { ThreeDCartApi } from './ThreeDCartApi.credentials';
import { ThreeDCartOAuth2Api } from './ThreeDCartOAuth2Api.credentials';

describe('a request to 3dcart', () => {
  it('carries the store and both keys, without the blanks of a paste', async () => {
    const data = { secureUrl: ' shop.example/ ', privateKey: ' key\n', token: 'token ' };
    const signed = await new ThreeDCartApi().authenticate(data, {
      url: '',
      headers: { Accept: 'text/plain' },
    });
    expect(signed.headers).toEqual({
      Accept: 'text/plain',
      SecureURL: 'https://shop.example',
      PrivateKey: 'key',
      Token: 'token',
    });
  });
});

describe('the credential with OAuth 2.0', () => {
  const { properties, extends: parents } = new ThreeDCartOAuth2Api();

  it('is renewed by n8n, and leaves no field of n8n to the user but client ID and secret', () => {
    expect(parents).toEqual(['oAuth2Api']);
    const hidden = properties.filter(({ type }) => type === 'hidden').map(({ name }) => name);
    expect(hidden).toEqual(
      expect.arrayContaining(['grantType', 'authUrl', 'accessTokenUrl', 'scope', 'authentication']),
    );
    expect(properties.find(({ name }) => name === 'grantType')?.default).toBe('authorizationCode');
  });

  it('asks for the same of a store as the other credential does', () => {
    const own = ['privateKey', 'token', 'version'];
    const asked = (all: typeof properties) =>
      all.filter(({ type, name }) => type !== 'hidden' && !own.includes(name));
    expect(asked(properties)).toEqual(asked(new ThreeDCartApi().properties));
    expect(NodeHelpers.getNodeParameters(properties, {}, true, false, null, null)).toMatchObject({
      currency: 'USD',
      timeZone: 'America/New_York',
      requestsPerSecond: 2,
    });
  });
});
