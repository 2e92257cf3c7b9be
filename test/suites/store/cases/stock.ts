import type { IDataObject } from 'n8n-workflow';

import { ledger, useOwnLedger } from '../../../support/ledger';
import type { Rig } from '../rig';

/** Writing stock with the store's node. */
export function describeStock(rig: Rig): void {
  const { updateStock } = rig.service.operations;
  const writes = (): number => rig.gateway.asked.filter(({ method }) => method !== 'GET').length;
  const update = async (levels: object[]) =>
    await rig.run(updateStock, levels, { onError: 'continueErrorOutput' });

  describe('stock', () => {
    useOwnLedger();

    it('is written where it differs, and nowhere else', async () => {
      const [a, b, c] = rig.shop.skus;
      await rig.shop.setStock(a, 5);
      await rig.shop.setStock(b, 6);
      await rig.shop.setStock(c, 7);
      const levels = [
        { sku: c, quantity: 70 },
        { sku: a, quantity: '5' },
        { sku: b, quantity: 0 },
      ];
      const first = await update(levels);
      expect(first.output(1)).toEqual([]);
      expect(first.output(0)).toMatchObject([
        { sku: c, outcome: 'updated', before: 7, amount: 70 },
        { sku: a, outcome: 'unchanged', before: 5, amount: 5 },
        { sku: b, outcome: 'updated', before: 6, amount: 0 },
      ]);
      expect(await Promise.all([a, b, c].map(rig.shop.stock))).toEqual([5, 0, 70]);
      expect(writes()).toBeGreaterThan(0);
      rig.gateway.reset();
      const again = await update(levels);
      expect(again.output(0).map(({ outcome }) => outcome)).toEqual(Array(3).fill('unchanged'));
      expect(writes()).toBe(0);
    });

    it('of a SKU that the shop does not have fails alone, as does what is no quantity', async () => {
      const [a, b] = rig.shop.skus;
      await rig.shop.setStock(a, 5);
      const run = await update([
        { sku: 'NO-SUCH-SKU', quantity: 1, note: 'kept' },
        { sku: a, quantity: 50 },
        { sku: b, quantity: rig.service.owesPieces ? 0.5 : -1 },
        { sku: b, quantity: 'many' },
        { sku: b },
        { sku: '', quantity: 1 },
      ]);
      expect(run.output(0)).toMatchObject([{ sku: a, outcome: 'updated', amount: 50 }]);
      expect(run.output(1)).toMatchObject([
        { sku: 'NO-SUCH-SKU', note: 'kept', details: { class: 'not-found' } },
        ...Array<object>(4).fill({ details: { class: 'validation' } }),
      ]);
      expect(await rig.shop.stock(a)).toBe(50);
    });

    it('that is given twice and differently is not guessed', async () => {
      const [a, b] = rig.shop.skus;
      await rig.shop.setStock(a, 5);
      const run = await update([
        { sku: a, quantity: 6 },
        { sku: b, quantity: 8 },
        { sku: a, quantity: 7 },
        { sku: b, quantity: 8 },
      ]);
      expect(run.output(0)).toMatchObject([{ sku: b }, { sku: b }]);
      expect(run.output(1)).toMatchObject([{ sku: a }, { sku: a }]);
      expect(await rig.shop.stock(a)).toBe(5);
    });

    it('is written also where answers get lost or the shop throttles', async () => {
      const [a, b, c] = rig.shop.skus;
      for (const sku of [a, b, c]) await rig.shop.setStock(sku, 1);
      let lost = false;
      rig.gateway.before = (_, number) =>
        number === 1 ? { status: 429, headers: { 'retry-after': '0.01' }, body: {} } : undefined;
      rig.gateway.after = ({ method }) => {
        if (method === 'GET' || lost) return undefined;
        lost = true;
        return { reset: true };
      };
      const run = await update([a, b, c].map((sku) => ({ sku, quantity: 9 })));
      expect(run.output(0).map(({ outcome }) => outcome)).toEqual(Array(3).fill('updated'));
      expect(await Promise.all([a, b, c].map(rig.shop.stock))).toEqual([9, 9, 9]);
    });

    it('fails for every item with the reason where the shop cannot be read', async () => {
      const [a, b] = rig.shop.skus;
      rig.gateway.before = () => ({ status: 401, body: { message: 'no' } });
      const run = await update([a, b].map((sku) => ({ sku, quantity: 9 })));
      expect(run.output(0)).toEqual([]);
      expect(run.output(1)).toMatchObject(Array(2).fill({ details: { class: 'authentication' } }));
    });

    it('of items whose claim another run has taken over is not written', async () => {
      const [a, b] = rig.shop.skus;
      for (const sku of [a, b]) await rig.shop.setStock(sku, 1);
      const levels = [a, b].map((sku) => ({
        sku,
        quantity: 9,
        source: { platform: 'erp', store: 'main', kind: 'stock', id: sku },
      }));
      const [held, lost] = (await ledger('claim', levels)).output(0);
      const items: object[] = [
        { ...lost, claim: { ...(lost?.claim as IDataObject), token: 'of a former run' } },
        { ...held },
      ];
      const run = await update(items);
      expect(run.output(0)).toMatchObject([{ sku: a, outcome: 'updated' }]);
      expect(run.output(1)).toMatchObject([{ sku: b, details: { code: 'CLAIM_LOST' } }]);
      expect(await Promise.all([a, b].map(rig.shop.stock))).toEqual([9, 1]);
    });
  });
}
