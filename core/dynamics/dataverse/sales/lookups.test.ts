import { batchReply, failureOf, httpPart, readSingles } from '../../../../test/support/batchServer';
import { type HttpServer, type Reply, startHttpServer } from '../../../../test/support/httpServer';
import { fetchTransport } from '../../../http/fetch';
import { createSend } from '../../../http/send';
import type { Row } from '../../../odata/types';
import { createDataverse } from '../client';
import { lookUpSalesNames } from './lookups';

const id = (digit: number): string => `${digit}`.repeat(8) + '-0000-4000-8000-000000000000';
const NOTHING = { products: [], productIds: [], units: [] };

let server: HttpServer;
afterEach(() => server.close());

/** A service that finds `rows` whatever is asked, as one with wildcards may. */
async function lookUp(skus: string[], rows: Row[], refused = /never/) {
  const answer = (path: string) =>
    refused.test(decodeURIComponent(path))
      ? failureOf(400, '0x80060888', 'There is an unterminated literal')
      : { status: 200, body: { value: rows } };
  server = await startHttpServer((request): Reply => {
    if (!request.url.endsWith('$batch')) return answer(request.url);
    return batchReply(readSingles(request).map(({ path }) => httpPart(answer(path))));
  });
  const send = createSend({ transport: fetchTransport(), retry: false });
  const client = createDataverse({ url: server.origin, send });
  return await lookUpSalesNames(client, [{ ...NOTHING, products: skus }]);
}

const product = (digit: number, productnumber: string, statecode = 0): Row => ({
  productid: id(digit),
  productnumber,
  statecode,
  _defaultuomid_value: id(9),
});

describe('lookUpSalesNames', () => {
  test('takes no other product for a SKU with wildcards', async () => {
    const names = await lookUp(['A_1', '50%', 'X[1]'], [product(1, 'AX1'), product(2, '50 off')]);
    expect(['A_1', '50%', 'X[1]'].map((sku) => names.product(sku))).toEqual(
      Array(3).fill(undefined),
    );
  });

  test('compares without case and blanks at the end, as the service does, the same spelling first', async () => {
    const names = await lookUp(['abc', 'ABC', 'b-2'], [product(1, 'ABC'), product(2, 'B-2  ')]);
    expect(names.product('abc')?.id).toBe(id(1));
    expect(names.product('b-2')?.id).toBe(id(2));
    const both = [product(1, 'ABC'), product(3, 'abc')];
    await server.close();
    const spelled = await lookUp(['abc', 'ABC'], both);
    expect([spelled.product('abc')?.id, spelled.product('ABC')?.id]).toEqual([id(3), id(1)]);
  });

  test('refuses a number of several products, and takes the one that is sold where there is one', async () => {
    const names = await lookUp(
      ['TWO', 'OLD'],
      [product(1, 'TWO'), product(2, 'TWO'), product(3, 'OLD', 1), product(4, 'OLD')],
    );
    expect(() => names.product('TWO')).toThrow('Product number "TWO" stands for 2 products');
    expect(names.product('OLD')).toMatchObject({ id: id(4), unsellable: undefined });
  });

  test('asks for a SKU that no list can hold by itself, so that it cannot spoil the others', async () => {
    const awkward = `O'Neil 5" [x]_%`;
    const names = await lookUp([awkward, 'PLAIN', "O'K"], [product(1, 'PLAIN')], /O''Neil|'"O'/);
    expect(names.product('PLAIN')?.id).toBe(id(1));
    expect(names.product(awkward)).toBeUndefined();
    const asked = readSingles(server.received[0] as never).map(({ path }) =>
      decodeURIComponent(path),
    );
    expect(asked).toHaveLength(3);
    expect(asked[0]).toContain(`PropertyValues=["PLAIN"]`);
    expect(asked[1]).toContain(
      `(productnumber eq 'O''Neil 5" [x]_%' or productnumber eq 'O''Neil 5" [[]x][_][%]')`,
    );
    expect(asked[2]).toContain(`productnumber eq 'O''K'`);
  });

  test('fails when what is asked for all cannot be answered', async () => {
    await expect(lookUp(['PLAIN'], [], /PLAIN/)).rejects.toMatchObject({ class: 'validation' });
  });
});
