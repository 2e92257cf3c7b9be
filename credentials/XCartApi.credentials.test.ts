import { XCartApi } from './XCartApi.credentials';

describe('a request to X-Cart', () => {
  const sign = async (data: { apiKey?: string; api?: string }) =>
    await new XCartApi().authenticate(data, { url: '', headers: { Accept: 'text/plain' } });

  it('carries the key without the blanks and line ends that a paste brings along', async () => {
    expect(await sign({ apiKey: ' key-1\n' })).toEqual({
      url: '',
      headers: { Accept: 'text/plain', 'X-Auth-Token': 'key-1' },
    });
  });

  it('without a key says no key, so that the store asks for one', async () => {
    expect((await sign({})).headers).toMatchObject({ 'X-Auth-Token': '' });
  });

  it('to the classic API carries the key in the address, and nowhere else', async () => {
    expect(await sign({ api: 'classic', apiKey: ' key-1\n' })).toEqual({
      url: '',
      headers: { Accept: 'text/plain' },
      qs: { _key: 'key-1' },
    });
  });
});
