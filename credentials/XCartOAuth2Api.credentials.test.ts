import { XCartApi } from './XCartApi.credentials';
import { XCartOAuth2Api } from './XCartOAuth2Api.credentials';

const { properties, extends: parents, test: check } = new XCartOAuth2Api();

it('leaves grant, addresses and scope to the fields of n8n, as X-Cart documents none', () => {
  expect(parents).toEqual(['oAuth2Api']);
  const names = properties.map(({ name }) => name);
  for (const field of ['grantType', 'authUrl', 'accessTokenUrl', 'scope', 'authentication']) {
    expect(names).not.toContain(field);
  }
});

it('asks for the same of a store as the other credential does', () => {
  const own = ['api', 'authentication', 'username', 'password', 'apiKey'];
  const asked = (all: typeof properties) =>
    all
      .filter(({ name, type }) => type !== 'notice' && !own.includes(name))
      .map(({ displayOptions: _, ...property }) => property);
  expect(asked(properties)).toEqual(asked(new XCartApi().properties));
});

it.each([' https://shop.example/ ', 'https://shop.example/api/', 'https://shop.example'])(
  'is tested at the REST API of the store: %s',
  (storeUrl) => {
    const { baseURL, url } = check.request;
    const expression = /^=\{\{(.*)\}\}$/s.exec(String(baseURL))?.[1] ?? '';
    const evaluated = Function('$credentials', `return ${expression}`)({ storeUrl }) as string;
    expect(`${evaluated}${url}`).toBe('https://shop.example/api/orders?itemsPerPage=1');
  },
);
