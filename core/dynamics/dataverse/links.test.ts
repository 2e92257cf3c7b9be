import { batchReply, failureOf, httpPart, readSingles } from '../../../test/support/batchServer';
import { type HttpServer, type Reply, startHttpServer } from '../../../test/support/httpServer';
import { fetchTransport } from '../../http/fetch';
import { createSend } from '../../http/send';
import { associateRows, disassociateRows, type Link, type Linked } from '../../odata/links';
import type { Outcome } from '../../outcome';
import { createDataverse } from './client';

const ORDER = '11111111-2222-4333-8444-555555555555';
const CONTACT = 'aaaaaaaa-2222-4333-8444-555555555555';
const OTHER = 'bbbbbbbb-2222-4333-8444-555555555555';

let server: HttpServer;

async function dataverse(one: () => Reply) {
  server = await startHttpServer((request) =>
    request.url.endsWith('$batch')
      ? batchReply(readSingles(request).map(() => httpPart(one())))
      : one(),
  );
  const send = createSend({ transport: fetchTransport(), retry: false });
  return createDataverse({ url: server.origin, send });
}

afterEach(async () => await server.close());

const from = { set: 'salesorders', key: ORDER };
const pair = (key = CONTACT): Link => ({
  from,
  navigation: 'contactorders_association',
  to: { set: 'contacts', key },
  isPair: true,
});
const lookup = (key = CONTACT): Link => ({
  from,
  navigation: 'customerid_contact',
  to: { set: 'contacts', key },
  lookup: '_customerid_value',
});
const collection: Link = {
  from,
  navigation: 'order_details',
  to: { set: 'salesorderdetails', key: OTHER },
};

const summary = (outcomes: Outcome<Linked>[]) =>
  outcomes.map((outcome) => (outcome.ok ? outcome.value.outcome : outcome.error.class));

describe('a link that is refused as a duplicate', () => {
  it.each([
    ['0x80040237', 'Cannot insert duplicate key.', 'unchanged', 'duplicate'],
    ['0x80060892', 'Entity Key violated.', 'duplicate', 'duplicate'],
    ['0x80040333', 'A record was not created: duplicate.', 'duplicate', 'duplicate'],
  ])('by %s (%s) makes a pair %s, and everything else %s', async (code, message, ofPair, other) => {
    const client = await dataverse(() => failureOf(412, code, message));
    const outcomes = await associateRows(client, [pair(), lookup(), collection]);
    expect(summary(outcomes)).toEqual([ofPair, other, other]);
  });
});

describe('an ID that is none', () => {
  it('fails alone, and the others are associated', async () => {
    const client = await dataverse(() => ({ status: 204 }));
    const outcomes = await associateRows(client, [pair(), pair('C-1'), pair(OTHER)]);
    expect(summary(outcomes)).toEqual(['associated', 'validation', 'associated']);
    expect(outcomes[1]).toMatchObject({ error: { message: 'ID "C-1" is not a GUID.' } });
    expect(server.received).toHaveLength(1);
  });

  it('fails alone where a lookup is freed of it', async () => {
    const client = await dataverse(() => ({ body: { _customerid_value: CONTACT } }));
    const outcomes = await disassociateRows(client, [lookup('C-1'), lookup(OTHER)]);
    expect(summary(outcomes)).toEqual(['validation', 'unchanged']);
  });
});

it('an ID in braces and capital letters is that of the row that a lookup points to', async () => {
  const client = await dataverse(() => ({ body: { _customerid_value: CONTACT } }));
  const outcomes = await disassociateRows(client, [lookup(`{${CONTACT.toUpperCase()}}`)]);
  expect(summary(outcomes)).toEqual(['disassociated']);
  expect(server.received.map(({ method }) => method)).toEqual(['GET', 'DELETE']);
});
