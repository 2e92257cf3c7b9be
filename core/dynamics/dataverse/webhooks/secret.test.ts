import { type IncomingDelivery, isAuthentic } from '../../../webhooks/webhook';
import { authentication, authTypeOf, proofsOf, SECRET_PLACES, type SecretPlace } from './secret';

const SECRET = 'a"secret&<more>';

const AUTHTYPES = { header: 5, query: 6, key: 4 } as const;

/** What Dataverse makes of an endpoint's columns (Dataverse docs: register-web-hook). */
function sent(place: SecretPlace, secret: string): IncomingDelivery {
  const { authtype, authvalue } = authentication(place, secret);
  const rawBody = Buffer.from('{}');
  if (authtype === 4) return { rawBody, headers: {}, query: { code: authvalue } };
  const unescaped = (text = ''): string =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
  const setting = /^<settings><setting name="([^"]*)" value="([^"]*)"\/><\/settings>$/;
  const [, name = '', value] = setting.exec(authvalue) ?? [];
  const pairs = { [unescaped(name)]: unescaped(value) };
  return authtype === 5 ? { rawBody, headers: pairs } : { rawBody, headers: {}, query: pairs };
}

describe.each(SECRET_PLACES)('a secret by %s', (place) => {
  it('is what a delivery has to show', () => {
    expect(authTypeOf(place)).toBe(AUTHTYPES[place]);
    expect(isAuthentic(sent(place, SECRET), SECRET, proofsOf(place))).toBe(true);
  });

  it.each([
    ['another', sent(place, `${SECRET}x`)],
    ['none', sent(place, '')],
    ['nothing', { rawBody: Buffer.from('{}'), headers: {} }],
    ['that of elsewhere', sent(place === 'header' ? 'query' : 'header', SECRET)],
  ])('refuses %s', (_what, delivery) => {
    expect(isAuthentic(delivery, SECRET, proofsOf(place))).toBe(false);
  });
});
