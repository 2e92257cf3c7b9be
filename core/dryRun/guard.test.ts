import type { HttpRequest } from '../http/types';
import { onlyReading } from './guard';

const url = 'https://shop.example/orders/7?secret=s3cret';

async function sent(request: HttpRequest): Promise<HttpRequest[]> {
  const all: HttpRequest[] = [];
  const send = onlyReading(async (one) => {
    all.push(one);
    return { status: 200, headers: {}, body: '' };
  });
  await send(request);
  return all;
}

describe('the guard of a dry run', () => {
  it.each([
    ['a GET', { method: 'GET', url }],
    ['a POST that says it only reads', { method: 'POST', url, onlyReads: true }],
  ] as const)('lets %s through', async (_what, request) => {
    expect(await sent(request)).toEqual([request]);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('sends no %s', async (method) => {
    const all: HttpRequest[] = [];
    const send = onlyReading(async (one) => {
      all.push(one);
      return { status: 200, headers: {}, body: '' };
    });
    await expect(send({ method, url })).rejects.toMatchObject({
      message: `In a dry run nothing is written, and ${method} /orders/7 was not sent`,
      class: 'configuration',
      code: 'DRY_RUN',
      retryable: false,
    });
    expect(all).toEqual([]);
  });
});
