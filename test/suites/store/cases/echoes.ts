import type { IDataObject } from 'n8n-workflow';

import { ledger, useOwnLedger } from '../../../support/ledger';
import { documentOf, drain, idsOf, sent } from '../items';
import { MINUTE, type Rig } from '../rig';
import type { Operations, Parameters } from '../service';
import { delivering, toldOf } from './delivering';

/** What our own node has written to the shop, as the trigger sees it. */
export function describeEchoes(rig: Rig): void {
  const { rewriteOrder, writeBack } = rig.service.operations;
  if (rewriteOrder) describeRewriting(rig, rewriteOrder);
  // Last: what a process has written into an order it knows of the next shop's order of that id too.
  if (writeBack) describeWritingBack(rig, writeBack);
}

/** What is written into a record that holds it already: the date of its last change moves, and nothing else. */
function describeRewriting(rig: Rig, rewriteOrder: NonNullable<Operations['rewriteOrder']>): void {
  const { webhook } = rig.service;

  describe('an own write', () => {
    useOwnLedger();

    it('that moves nothing but dates is no change of the order', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const placed = await rig.shop.place(2);
      const items = await sent(await trigger.poll());
      expect(new Set(idsOf(items))).toEqual(new Set(placed));
      rig.pass(MINUTE);
      rig.gateway.reset();
      for (const item of items) {
        const written = await rig.run(rewriteOrder(item), [documentOf(item)]);
        expect(written.error).toBeUndefined();
      }
      expect(rig.gateway.asked.filter(({ method }) => method !== 'GET')).toHaveLength(2);
      expect(await sent(await drain(trigger))).toEqual([]);
      if (!webhook) return;
      const deliver = delivering(webhook, rig.followed.kind);
      for (const id of placed) {
        const event = toldOf(webhook, rig.followed.kind).at(-1);
        const { items: told } = await deliver(trigger, { id, event });
        expect(idsOf(told)).toEqual([id]);
        expect(await sent(told)).toEqual([]);
      }
    });
  });
}

/** What a workflow notes in the order that it has sent: neither webhook, poll nor look back makes a change of it. */
function describeWritingBack(rig: Rig, writeBack: (order: IDataObject) => Parameters[]): void {
  const { webhook } = rig.service;

  /** Takes orders through a workflow that writes back into them. */
  async function writtenBack(items: IDataObject[]): Promise<void> {
    const claimed = (await ledger('claim', items)).output(0);
    expect(claimed).toHaveLength(items.length);
    for (const item of claimed) {
      for (const parameters of writeBack(item)) {
        const done = await rig.run(parameters, [item]);
        expect(done.error).toBeUndefined();
        expect(done.output()).toMatchObject([{ outcome: 'updated' }]);
      }
    }
    await ledger(
      'complete',
      claimed.map((item) => ({ ...item, salesorder: { id: 'target' } })),
    );
  }

  describe('what is written back', () => {
    useOwnLedger();

    it.each(['document', 'event'])(
      'starts nothing by the poll, but what follows it does (%s)',
      async (output) => {
        const trigger = rig.start({ output });
        await trigger.poll();
        const [id = ''] = await rig.shop.place(1);
        await writtenBack((await trigger.poll()) ?? []);
        rig.pass(MINUTE);
        expect(await drain(trigger)).toEqual([]);
        await rig.shop.change(id);
        expect(idsOf(await sent(await trigger.poll()))).toEqual([id]);
        expect(await drain(trigger)).toEqual([]);
      },
    );

    it.each(['document', 'event'])(
      'is let through by nobody in a look back (%s)',
      async (output) => {
        const trigger = rig.start({ output });
        await trigger.poll();
        const placed = await rig.shop.place(1);
        await writtenBack((await trigger.poll()) ?? []);
        await drain(trigger);
        const again = await drain(rig.restart(trigger, { output }));
        expect(idsOf(again)).toEqual(placed);
        expect(await sent(again)).toEqual([]);
      },
    );

    it('keeps the order from no other workflow', async () => {
      const trigger = rig.start();
      const other = rig.start();
      await trigger.poll();
      await other.poll();
      const placed = await rig.shop.place(1);
      await writtenBack((await trigger.poll()) ?? []);
      expect(idsOf(await other.poll())).toEqual(placed);
    });

    it('hides nothing that was changed before it was written', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const [id = ''] = await rig.shop.place(1);
      const items = (await trigger.poll()) ?? [];
      await rig.shop.change(id);
      await writtenBack(items);
      expect(idsOf(await sent(await trigger.poll()))).toEqual([id]);
    });

    if (!webhook) return;
    const deliver = delivering(webhook, rig.followed.kind);

    it('starts nothing by its webhook, and a change does', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const [id = ''] = await rig.shop.place(1);
      await writtenBack((await deliver(trigger, { id })).items);
      expect(await deliver(trigger, { id, event: 'changed' })).toMatchObject({
        status: 202,
        items: [],
      });
      expect(await sent(await drain(trigger))).toEqual([]);
      await rig.shop.change(id);
      expect(idsOf(await sent((await deliver(trigger, { id, event: 'changed' })).items))).toEqual([
        id,
      ]);
    });

    const { changeAndBack } = rig.service.operations;
    if (changeAndBack) {
      it('hides no return to what was there when it was written', async () => {
        const trigger = rig.start();
        await trigger.poll();
        const [id = ''] = await rig.shop.place(1);
        const items = (await trigger.poll()) ?? [];
        await writtenBack(items);
        expect(await drain(trigger)).toEqual([]);
        for (const parameters of changeAndBack(items[0] ?? {})) {
          expect((await rig.run(parameters, [{}])).error).toBeUndefined();
          const { items: told } = await deliver(trigger, { id, event: 'changed' });
          expect(idsOf(await sent(told))).toEqual([id]);
        }
        expect(await deliver(trigger, { id, event: 'changed' })).toMatchObject({
          status: 202,
          items: [],
        });
        expect(await sent(await drain(trigger))).toEqual([]);
      });
    }

    it('is let through by nobody where the webhook is the only way', async () => {
      const trigger = rig.start({ receiveBy: 'webhook' });
      const [id = ''] = await rig.shop.place(1);
      await writtenBack((await deliver(trigger, { id })).items);
      expect(await sent((await deliver(trigger, { id, event: 'changed' })).items)).toEqual([]);
    });
  });
}
