/** What nodes of the pack have written back into a record, as webhook and poll meet it again. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { momentOf, type RecordType } from '../../../core/feeds/records';
import { fingerprints } from '../../../core/feeds/watermark';
import { useOwnLedger } from '../../../test/support/ledger';
import { noteOwnWrites } from '../ownWrites';
import { digestOf, isWrittenBack, withoutEchoes } from './echoes';

interface Order {
  id: string;
  status: string;
  note: string;
  changed: string;
}

const ORDERS: RecordType<Order> = {
  platform: 'toy',
  kind: 'order',
  many: 'orders',
  idOf: ({ id }) => id,
  changedAt: ({ changed }) => momentOf(changed),
  createdAt: ({ changed }) => momentOf(changed),
  volatile: ['changed'],
};

let orders = 0;
let placed: Order;
let written: Order;
let cancelled: Order;

useOwnLedger();

beforeEach(async () => {
  orders += 1;
  placed = { id: `o${orders}`, status: 'new', note: '', changed: '2026-01-01T00:00:00Z' };
  written = { ...placed, note: 'SO-1', changed: '2026-01-01T00:01:00Z' };
  cancelled = { ...written, status: 'cancelled', changed: '2026-01-01T00:02:00Z' };
  const items = [{ json: { ...placed } }];
  const context = {} as unknown as IExecuteFunctions;
  const write = { index: 0, id: placed.id, before: placed, after: written };
  await noteOwnWrites({ context, items }, ORDERS, 'main', [write]);
});

const told = (order: Order | undefined) => () => order && digestOf(ORDERS, order);

/** Whether each way lets the written content by as what the pack itself has made. */
async function isEcho(last: Order | undefined): Promise<{ webhook: boolean; poll: boolean }> {
  const seen = fingerprints(ORDERS, [placed]);
  const change = { record: written, event: 'order.changed', readAt: 0 } as const;
  const left = await withoutEchoes(ORDERS, 'main', seen, [change], told(last));
  const webhook = await isWrittenBack(ORDERS, 'main', written, told(last));
  return { webhook, poll: left.length === 0 };
}

test('is no change where no webhook has handed the record over', async () => {
  expect(await isEcho(undefined)).toEqual({ webhook: true, poll: true });
});

test('is no change of what a webhook has handed over before it was written, or after', async () => {
  expect(await isEcho(placed)).toEqual({ webhook: true, poll: true });
  expect(await isEcho(written)).toEqual({ webhook: true, poll: true });
});

test('is a change where a webhook has handed over another content since', async () => {
  expect(await isEcho(cancelled)).toEqual({ webhook: false, poll: false });
});

test('is undone by nobody but a person where the record is again what it was before', async () => {
  const back = { ...placed, changed: '2026-01-01T00:03:00Z' };
  const change = { record: back, event: 'order.changed', readAt: 0 } as const;
  const seen = fingerprints(ORDERS, [written]);
  expect(await withoutEchoes(ORDERS, 'main', seen, [change], told(undefined))).toEqual([change]);
  expect(await isWrittenBack(ORDERS, 'main', back, told(undefined))).toBe(false);
});
