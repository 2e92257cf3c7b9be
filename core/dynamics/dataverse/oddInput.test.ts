import * as fc from 'fast-check';

import { startHttpServer } from '../../../test/support/httpServer';
import { ServiceError } from '../../errors';
import { fetchTransport } from '../../http/fetch';
import { createSend } from '../../http/send';
import { filtersFor } from '../../odata/listIn';
import { compare, eq, guid } from '../../odata/query';
import { createDataverse } from './client';
import { contains, equalsText, isIn, isNotIn } from './filters';
import {
  createOperation,
  functionOperation,
  getOperation,
  listOperation,
  updateOperation,
} from './operations';
import { DATAVERSE } from './service';

/** Half of a surrogate pair: what is left of an emoji where a text was cut by its length. */
const HALF = '\ud83d cut';

/** Any sequence of UTF-16 units, halves of pairs among them. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff })), {
    maxLength: 12,
  })
  .map((units) => String.fromCharCode(...units));

/** Everything that turns a value of the caller into a part of a request. */
const BUILDERS: Record<string, (value: string) => unknown> = {
  eq: (value) => eq('name', value),
  compare: (value) => compare('name', 'gt', value),
  contains: (value) => contains('name', value),
  equalsText: (value) => equalsText('name', value),
  isIn: (value) => isIn('name', [value]),
  filtersFor: (value) => filtersFor(DATAVERSE, 'name', [value]),
  isNotIn: (value) => isNotIn('name', [value]),
  guid: (value) => guid(value),
  'a column': (value) => eq(value, 1),
  'a raw filter': (value) => listOperation('accounts', { filter: value }),
  'an order': (value) => listOperation('accounts', { orderBy: [value] }),
  'a primary key': (value) => getOperation('accounts', value),
  'an alternate key': (value) => getOperation('accounts', { accountnumber: value }),
  'a lookup in a key': (value) => getOperation('accounts', { _parentid_value: value }),
  'a table': (value) => listOperation(value),
  'a parameter': (value) => functionOperation('Search', { text: value }),
  'a function': (value) => functionOperation(value),
};

describe.each(Object.entries(BUILDERS))('a text as %s', (_, build) => {
  it('makes a part of a request, or fails with a ServiceError', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        try {
          build(value);
        } catch (error) {
          expect(error).toBeInstanceOf(ServiceError);
        }
      }),
    );
  });
});

describe('half a character', () => {
  it.each<[string, () => unknown]>([
    ['name', () => eq('name', HALF)],
    ['name', () => contains('name', HALF)],
    ['name', () => isIn('name', ['A', HALF])],
    ['accountnumber', () => getOperation('accounts', { accountnumber: HALF })],
    ['$filter', () => listOperation('accounts', { filter: `name eq '${HALF}'` })],
    ['text', () => functionOperation('Search', { text: HALF })],
  ])('is refused by the name of its field, %s', (field, build) => {
    expect(build).toThrow(
      expect.objectContaining({
        class: 'validation',
        message: expect.stringContaining(`${field} contains half a character`) as string,
      }),
    );
  });

  it('is written as a value of a row, where JSON has a way to say it', () => {
    expect(createOperation('accounts', { name: HALF }).body).toEqual({ name: HALF });
  });
});

describe('the client', () => {
  it.each<[string, Parameters<ReturnType<typeof createDataverse>['request']>[0]]>([
    ['a path with half a character', { method: 'GET', path: `accounts?$filter=name eq '${HALF}'` }],
    ['a path that is no address', { method: 'GET', path: 'https://[' }],
    ['a BigInt', createOperation('accounts', { revenue: 10n })],
    [
      'a header of two lines',
      { method: 'GET', path: 'accounts', headers: { Prefer: 'a\r\nX: y' } },
    ],
    [
      'a header beyond ASCII',
      updateOperation(
        'accounts',
        { accountnumber: 'A' },
        {},
        { headers: { CallerObjectId: '😀' } },
      ),
    ],
  ])('refuses %s as a validation error, alone and in a batch', async (_, operation) => {
    const server = await startHttpServer(() => ({ status: 204 }));
    const send = createSend({ transport: fetchTransport(), retry: false });
    const client = createDataverse({ url: server.origin, send });
    const alone = await client.request(operation).catch((error: unknown) => error);
    expect(alone).toMatchObject({ name: 'ServiceError', class: 'validation' });
    const [batched] = await client.batch([operation]);
    if (operation.path !== 'https://[') {
      expect(batched).toMatchObject({ ok: false, error: { class: 'validation' } });
      expect(server.received).toHaveLength(0);
    }
    await server.close();
  });
});
