/** How the list of a deployment ends, and how it says that there is nothing. */
import { merge, range } from 'lodash';

import type { HttpRequest, HttpResponse } from '../../http/types';
import { firstRows } from '../../http/pages';
import { createClarity } from './client';
import { BRIEF } from './profile/brief';
import { CEF } from './profile/cef';
import type { Profile } from './profile/schema';

let asked: number;

/** The ids of all products that a deployment gives. */
async function read(profile: Profile, answer: (url: URL) => unknown): Promise<string[]> {
  asked = 0;
  const { products } = createClarity({
    url: 'https://shop.example',
    profile,
    send: async ({ url }: HttpRequest): Promise<HttpResponse> => {
      asked += 1;
      const body = JSON.stringify(answer(new URL(url)));
      return await Promise.resolve({ status: 200, headers: {}, body });
    },
  });
  const all = await firstRows((page) => products.pages({}, page), 1e9);
  return all.map(({ productId }) => productId);
}

const ids = (count: number): string[] => range(count).map((id) => String(id + 1));

describe('a list without a total', () => {
  /** `count` products, of which the server gives 32 at once. */
  const capped = (count: number) => (url: URL) => {
    const first = (Number(url.searchParams.get('StartIndex')) - 1) * 32;
    return {
      Results: range(1, count + 1)
        .map((ID) => ({ ID }))
        .slice(first, first + 32),
    };
  };

  it.each([0, 1, 32, 64, 130])(
    'is read to its end where pages are capped: %i rows',
    async (rows) => {
      expect(await read(CEF, capped(rows))).toEqual(ids(rows));
      expect(asked).toBe(Math.ceil(rows / 32) + 1);
    },
  );
});

it('believes a total that is text, and asks no further', async () => {
  const answer = ({ searchParams }: URL) => {
    const first = (Number(searchParams.get('page')) - 1) * 32;
    const items = ids(130)
      .map((productId) => ({ productId }))
      .slice(first, first + 32);
    return { items, total: '130' };
  };
  expect(await read(BRIEF, answer)).toEqual(ids(130));
  expect(asked).toBe(5);
});

describe('a list of nothing', () => {
  const eitherName = merge({}, CEF, { envelope: { rows: 'Results ?? Data.Items' } });

  it.each([
    ['null', BRIEF, { items: null, page: 1, pageSize: 50, total: 0 }],
    ['null without a total', CEF, { Results: null }],
    ['the total alone', CEF, { TotalCount: 0 }],
    ['the total alone, as text', CEF, { TotalCount: '0' }],
    ['null under the second of two names', eitherName, { Data: { Items: null } }],
  ])('may be said by %s', async (_, profile, answer) => {
    expect(await read(profile, () => answer)).toEqual([]);
  });

  it.each([
    ['no list at all', CEF, { Version: 1 }],
    ['a total of some', CEF, { TotalCount: 3 }],
    ['another name', CEF, { results: null }],
    ['a text in its place', BRIEF, { items: 'none', total: 0 }],
    [
      'null with the code of a failure',
      CEF,
      { Results: null, ResponseStatus: { ErrorCode: 'E1' } },
    ],
    ['a total of none with a reason', CEF, { TotalCount: 0, ResponseStatus: { Message: 'no' } }],
  ])('is not %s', async (_, profile, answer) => {
    await expect(read(profile, () => answer)).rejects.toThrow('unexpected fields');
  });
});
