import { BRIEF } from './profile/brief';
import { CEF } from './profile/cef';
import { type ClarityCredential, claritySettings } from './settings';

const KEY: ClarityCredential = {
  apiUrl: 'https://shop.example',
  profile: 'brief',
  authentication: 'apiKey',
  apiKey: 'key',
};

it('takes a profile that comes with the pack, or the text of one', () => {
  expect(claritySettings(KEY).profile).toBe(BRIEF);
  expect(claritySettings({ ...KEY, profile: 'cef', profileText: '{' }).profile).toBe(CEF);
  const own = { ...KEY, profile: 'own', profileText: '{"extends":"cef","name":"shop"}' } as const;
  expect(claritySettings(own).profile).toEqual({ ...CEF, name: 'shop' });
  expect(claritySettings({ ...own, profileText: '{"extends":"brief"}' }).profile.name).toBe(
    'brief, edited',
  );
});

it.each<[Partial<ClarityCredential>, object]>([
  [{}, { by: 'apiKey', apiKey: 'key' }],
  [{ apiKeyHeader: 'X-Key' }, { by: 'apiKey', apiKey: 'key', header: 'X-Key' }],
  [
    { authentication: 'oauth2', clientId: ' me ', clientSecret: 's', scope: 'orders' },
    { by: 'oauth2', clientId: 'me', clientSecret: 's', scope: 'orders' },
  ],
  [
    { authentication: 'session', userName: 'ada', password: ' s ' },
    { by: 'session', provider: '', userName: 'ada', password: ' s ' },
  ],
])('signs in as the credential says: %j', (fields, auth) => {
  expect(claritySettings({ ...KEY, ...fields }).auth).toEqual(auth);
});

it.each<[Partial<ClarityCredential>, string]>([
  [{ apiKey: ' ' }, 'API Key is empty'],
  [{ profile: 'own' }, 'API Profile is empty'],
  [{ profile: 'own', profileText: '{\n"extends": "x" }' }, 'Line 2: extends has to be one of'],
])('says what is missing: %j', (fields, message) => {
  expect(() => claritySettings({ ...KEY, ...fields })).toThrow(message);
});
