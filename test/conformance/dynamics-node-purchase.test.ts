/** Movements of stock and purchase orders by the node: once for each record, be it named by its source or by its claim. */
import { useDynamics } from './dynamics-on-sandbox';

const dynamics = useDynamics();

const SOURCE = { platform: 'xcart', store: 'main', kind: 'order', id: '7' };
const VENDOR = '7b1f9a06-0000-5000-8000-00000000b001';

const count = (set: string) => dynamics.sandbox.services.dataverse.rows(set)?.length ?? 0;

const adjust = {
  resource: 'inventory',
  operation: 'adjust',
  productNumber: 'HMR-16',
  warehouse: 'Main Warehouse',
  quantity: '-2',
};

const save = {
  resource: 'purchaseOrder',
  operation: 'saveWithLines',
  columnsSource: 'field',
  columnsField: 'order',
};

const order = (name: string) => ({
  msdyn_name: name,
  msdyn_purchaseorderdate: '2026-05-04',
  msdyn_vendor: VENDOR,
});

describe.each([
  ['source', { source: SOURCE }],
  ['claim', { claim: { key: '7' } }],
])('of a record that is named by its %s', (_what, record) => {
  test('a movement is made once', async () => {
    const first = await dynamics.run(adjust, [record]);
    const second = await dynamics.run(adjust, [record]);
    expect(first.output()).toMatchObject([{ outcome: 'created' }]);
    expect(second.output()).toMatchObject([{ outcome: 'unchanged' }]);
    expect(count('msdyn_inventoryadjustments')).toBe(1);
  });

  test('a purchase order is made once, and neither of two that would share a row', async () => {
    dynamics.insert('accounts', { accountid: VENDOR, name: 'Tailspin' });
    const item = { ...record, order: order('PO-1') };
    const both = await dynamics.run(save, [item, { ...record, order: order('PO-2') }]);
    expect(both.output()).toMatchObject([
      { details: { class: 'validation' } },
      { details: { class: 'validation' } },
    ]);
    expect(count('msdyn_purchaseorders')).toBe(0);
    expect((await dynamics.run(save, [item])).output()).toMatchObject([{ outcome: 'created' }]);
    expect((await dynamics.run(save, [item])).output()).toMatchObject([{ outcome: 'updated' }]);
    expect(count('msdyn_purchaseorders')).toBe(1);
  });
});
