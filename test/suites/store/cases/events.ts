import { useOwnLedger } from '../../../support/ledger';
import { documentOf, drain, idsOf, sent, sourceOf } from '../items';
import type { Rig } from '../rig';
import { delivering, toldOf } from './delivering';

/** What happened to a record: which of it is put out, and in which form. */
export function describeEvents(rig: Rig): void {
  const { kind } = rig.followed;
  const eventsParameter = kind === 'order' ? 'events' : `${kind}Events`;
  const asEvents = { options: { output: 'event' } };

  describe('an event', () => {
    useOwnLedger();

    it('that is not chosen is not put out, and the others are', async () => {
      const trigger = rig.start({ [eventsParameter]: [`${kind}.created`] });
      const [known = ''] = await rig.shop.place(1);
      await trigger.poll();
      await rig.shop.change(known);
      const placed = await rig.shop.place(1);
      expect(idsOf(await drain(trigger))).toEqual(placed);
    });

    it('has one form for all stores, with the document as it is without it', async () => {
      const [trigger, plain] = [rig.start(asEvents), rig.start()];
      await trigger.poll();
      await plain.poll();
      const [id = ''] = await rig.shop.place(1);
      const [event = {}] = (await trigger.poll()) ?? [];
      const [document] = (await plain.poll()) ?? [];
      expect(Object.keys(event)).toEqual([
        'event',
        'store',
        'id',
        'occurredAt',
        'document',
        'source',
      ]);
      expect(event).toMatchObject({ event: `${kind}.created`, store: 'main', id });
      expect(event.document).toEqual(documentOf(document));
      const occurredAt = String(event.occurredAt);
      expect(occurredAt).toBe(new Date(occurredAt).toISOString());
      await rig.shop.change(id);
      expect(await trigger.poll()).toMatchObject([{ event: `${kind}.changed`, id }]);
    });

    it('is let through by a ledger as its document is: once for each content', async () => {
      const trigger = rig.start(asEvents);
      await trigger.poll();
      const [id = ''] = await rig.shop.place(1);
      expect(idsOf(await sent(await trigger.poll()))).toEqual([id]);
      const again = await drain(rig.restart(trigger, asEvents));
      expect(idsOf(again)).toEqual([id]);
      expect(await sent(again)).toEqual([]);
      await rig.shop.change(id);
      expect(idsOf(await sent(await trigger.poll()))).toEqual([id]);
    });

    const { webhook } = rig.service;
    if (!webhook) return;

    it('of another kind is ignored, though it is proven', async () => {
      const deliver = delivering(webhook, kind === 'order' ? 'product' : 'order');
      const [id = ''] = await rig.shop.place(1);
      expect(await deliver(rig.start(), { id })).toMatchObject({
        status: 200,
        body: { status: 'ignored' },
        items: [],
      });
      expect(rig.gateway.asked).toEqual([]);
    });

    it('that a webhook tells has the same form', async () => {
      const [id = ''] = await rig.shop.place(1);
      const { items } = await delivering(webhook, kind)(rig.start(asEvents), { id });
      const event = `${kind}.${toldOf(webhook, kind)[0]}`;
      expect(items).toMatchObject([{ event, store: 'main', id }]);
      expect(sourceOf(items[0] ?? {}).event).toBe(event);
    });
  });
}
