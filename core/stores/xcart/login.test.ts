import type { HttpResponse } from '../../http/types';
import { xCartTokens } from './login';

let stores = 0;

/** What becomes of the first sign-in at a store that answers so. */
async function signIn(answer: Partial<HttpResponse>): Promise<string> {
  stores += 1;
  const send = async (): Promise<HttpResponse> =>
    await Promise.resolve({ status: 200, headers: {}, body: '', ...answer });
  const store = { storeUrl: `https://shop${stores}.example`, username: 'ada', password: 'secret' };
  return await xCartTokens(store, { send }).token();
}

it('brings the token', async () => {
  expect(await signIn({ body: '{"token":"t"}' })).toBe('t');
});

it.each([
  [{ status: 401 }, 'authentication', /User Name and Password/],
  [{ status: 404 }, 'authentication', /gave no token/],
  [{ status: 200, body: '<html>' }, 'authentication', /gave no token/],
  [{ status: 408 }, 'transient', /status 408/],
  [{ status: 503 }, 'transient', /status 503/],
  [{ status: 429 }, 'throttled', /status 429/],
  [
    { status: 302, headers: { location: 'https://www.shop.example/closed' } },
    'configuration',
    /sends POST \/api-login\/check on to https:\/\/www\.shop\.example/,
  ],
])('is told of %j', async (answer, failure, message) => {
  await expect(signIn(answer)).rejects.toMatchObject({
    class: failure,
    message: expect.stringMatching(message) as string,
    fix: expect.any(String) as string,
  });
});

it('says when to come again, where the store says it', async () => {
  await expect(signIn({ status: 429, headers: { 'retry-after': '30' } })).rejects.toMatchObject({
    retryAfterMs: 30_000,
    fix: expect.stringContaining('later') as string,
  });
});
