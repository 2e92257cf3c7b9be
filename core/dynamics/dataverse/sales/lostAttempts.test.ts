/** What becomes of an order whose sender died before it could say that what it sent had come. */
import { OneMemory, OneOrder } from '../../../../test/support/oneOrder';
import type { Row } from '../../../odata/types';
import type { ConflictRule } from '../../../sync/threeWay';
import { SALES_ORDER } from './salesOrder';
import { writeSalesDocuments } from './write';

const ORDER = '00000000-0000-4000-8000-000000000001';
const LINE = '00000000-0000-4000-8000-0000000000a1';
const OTHER = '00000000-0000-4000-8000-0000000000a2';

let order: OneOrder;
let ledger: OneMemory;

beforeEach(() => {
  order = new OneOrder(ORDER);
  ledger = new OneMemory();
});

const mug = { salesorderdetailid: LINE, productnumber: 'SKU-1', quantity: 2, priceperunit: 5 };
const wrap = {
  salesorderdetailid: OTHER,
  productdescription: 'Wrap',
  quantity: 1,
  priceperunit: 1,
};

async function send(
  change: Row,
  { rule = 'source', dies = false }: { rule?: ConflictRule; dies?: boolean } = {},
) {
  ledger.confirms = !dies;
  const document = { salesorderid: ORDER, name: 'Web 1', order_details: [mug, wrap], ...change };
  const options = { memory: ledger, conflicts: { rule } };
  const [outcome] = await writeSalesDocuments(order.client, SALES_ORDER, [document], options);
  return outcome;
}

const edit = (id: string, change: Row): void =>
  void order.lines.set(id, { ...order.lines.get(id), ...change });

test('a line that a person takes out after an unconfirmed create stays out', async () => {
  await send({}, { dies: true });
  order.lines.delete(LINE);
  expect(await send({})).toMatchObject({
    value: { decisions: [{ field: 'order_details[0]', kept: 'target', conflict: false }] },
  });
  expect([...order.lines.keys()]).toEqual([OTHER]);
});

test('a line comes back that an unconfirmed attempt took out, and one goes that it brought', async () => {
  await send({ order_details: [mug] });
  await send({ order_details: [wrap] }, { dies: true });
  expect([...order.lines.keys()]).toEqual([OTHER]);
  expect(await send({ order_details: [mug] }, { rule: 'hold' })).toMatchObject({
    value: { outcome: 'updated' },
  });
  expect([...order.lines.keys()]).toEqual([LINE]);
});

test('what is held is not remembered as sent, and so is held again', async () => {
  await send({}, { dies: true });
  edit(LINE, { quantity: 7 });
  const change = { order_details: [{ ...mug, quantity: 3 }, wrap] };
  for (const time of ['first', 'again']) {
    const outcome = await send(change, { rule: 'hold' });
    expect([time, outcome]).toMatchObject([time, { ok: false, error: { code: 'CONFLICT' } }]);
  }
  await send(change);
  expect(order.lines.get(LINE)).toMatchObject({ quantity: 3 });
});

test('an order that was never made is made, though it was written down before', async () => {
  order.weatherIs('down');
  expect(await send({}, { dies: true })).toMatchObject({ error: { class: 'transient' } });
  order.weatherIs('fine');
  expect(await send({})).toMatchObject({ value: { outcome: 'created', lines: 2 } });
});

test('a line with another product keeps the quantity that a person has given it', async () => {
  await send({});
  edit(LINE, { quantity: 7 });
  await send({ order_details: [{ ...mug, productnumber: 'SKU-2', priceperunit: 6 }, wrap] });
  expect(order.lines.get(LINE)).toMatchObject({
    _productid_value: '22222222-0000-4000-8000-00000000aaaa',
    quantity: 7,
    priceperunit: 6,
  });
});

test.each([
  ['a product becomes a write-in line', [{ ...wrap, salesorderdetailid: LINE }, wrap]],
  ['a write-in line becomes a product', [mug, { ...mug, salesorderdetailid: OTHER }]],
])('%s: flags that nobody sent are no edit', async (_name, lines) => {
  await send({});
  const outcome = await send({ order_details: lines }, { rule: 'hold' });
  expect(outcome).toMatchObject({ ok: true, value: { outcome: 'updated' } });
  expect(outcome).not.toHaveProperty('value.decisions');
});

test('a line that was kept against the shop is not written over when the shop brings it back', async () => {
  await send({});
  edit(LINE, { quantity: 7 });
  await send({ order_details: [wrap] }, { rule: 'target' });
  expect(await send({}, { rule: 'hold' })).toMatchObject({ error: { class: 'held' } });
  await send({}, { rule: 'target' });
  expect(order.lines.get(LINE)).toMatchObject({ quantity: 7 });
});

test('a product that has got another default unit since is no edit of its lines', async () => {
  await send({});
  for (const product of order.products) product._defaultuomid_value = OTHER;
  await send({ description: 'x' });
  const outcome = await send({ order_details: [wrap] }, { rule: 'hold' });
  expect(outcome).toMatchObject({ ok: true });
  expect([...order.lines.keys()]).toEqual([OTHER]);
});

test('a line that a person deleted does not come back because its product has got another default unit', async () => {
  await send({});
  order.lines.delete(LINE);
  for (const product of order.products) product._defaultuomid_value = OTHER;
  expect(await send({ description: 'x' })).toMatchObject({ ok: true });
  expect([...order.lines.keys()]).toEqual([OTHER]);
});
