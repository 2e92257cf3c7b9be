import { startCase } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { idsOf, sourceOf } from '../items';
import { HOUR, type Rig } from '../rig';

/** What a person sees in the editor, and what that must not do. */
export function describeTestRuns(rig: Rig): void {
  const { operations, trigger: node, numberOf } = rig.service;
  const { one, many } = rig.followed;

  /** What people call the order by. */
  async function numberFor(id: string): Promise<string> {
    const [order = {}] = (await rig.run(operations.getOrder(id), [{}])).output();
    return numberOf?.(order) ?? id;
  }

  const testRun = async (parameters: IDataObject): Promise<IDataObject[] | null> =>
    await rig.start(parameters).poll('manual');

  describe('a test run', () => {
    it('shows the latest orders and moves nothing', async () => {
      const placed = await rig.shop.place(9, { at: rig.now() - HOUR, everySeconds: 60 });
      const trigger = rig.start();
      const before = trigger.staticData();
      const shown = await trigger.poll('manual');
      expect(idsOf(shown)).toEqual(placed.slice(-5));
      expect(shown?.map((item) => sourceOf(item).event)).toEqual(Array(5).fill('sample'));
      expect(trigger.staticData()).toEqual(before);
      expect(await trigger.poll()).toBeNull();
      const saved = trigger.staticData();
      const more = await rig.shop.place(1);
      expect(idsOf(await trigger.poll('manual'))).toContain(more[0]);
      expect(trigger.staticData()).toEqual(saved);
      expect(idsOf(await trigger.poll())).toEqual(more);
    });

    it('shows the one order whose number is given, and moves nothing', async () => {
      const [wanted = ''] = await rig.shop.place(9, { at: rig.now() - HOUR, everySeconds: 60 });
      const number = await numberFor(wanted);
      const trigger = rig.start({ testNumber: number });
      const before = trigger.staticData();
      const shown = await trigger.poll('manual');
      expect(idsOf(shown)).toEqual([wanted]);
      expect(sourceOf(shown?.[0] ?? {}).event).toBe('sample');
      expect(trigger.staticData()).toEqual(before);
      expect(idsOf(await testRun({ testNumber: ` # ${number} ` }))).toEqual([wanted]);
    });

    it.each(['99999999', 'no such', '../stock', 'a/b?c#d'])(
      'says that there is no order %s, and where to correct it',
      async (testNumber) => {
        await rig.shop.place(1);
        await expect(testRun({ testNumber })).rejects.toMatchObject({
          message: `The store has no ${one} ${testNumber}`,
          description: expect.stringContaining(`${startCase(one)} for Test Runs`) as string,
        });
      },
    );

    it('says of a shop that cannot be asked what is wrong, not that the order is missing', async () => {
      rig.gateway.before = () => ({ status: 401, body: { message: 'no' } });
      await expect(testRun({ testNumber: '1' })).rejects.toMatchObject({ httpCode: '401' });
    });

    it('leaves the number to itself: published, the trigger takes no notice of it', async () => {
      const trigger = rig.start({ testNumber: '1' });
      expect(await trigger.poll()).toBeNull();
      const placed = await rig.shop.place(1);
      expect(idsOf(await trigger.poll())).toEqual(placed);
    });

    it('of an empty shop says that there is nothing to show yet', async () => {
      const trigger = rig.start();
      const before = trigger.staticData();
      await expect(trigger.poll('manual')).rejects.toMatchObject({
        message: `The store has no ${many} yet that a test run could bring`,
        description: expect.stringMatching(
          new RegExp(`^(Place|Add) an? ${one} in the store, then run the test again.$`),
        ) as string,
      });
      expect(trigger.staticData()).toEqual(before);
    });

    it.each(['both', 'webhook'])(
      'polls and registers no address where orders come by %s',
      async (by) => {
        const placed = await rig.shop.place(1);
        const trigger = rig.start({ receiveBy: by });
        expect(trigger.registered(true)).toEqual(node.description.webhooks ? ['POST'] : []);
        expect(trigger.registered(false)).toEqual([]);
        expect(idsOf(await trigger.poll('manual'))).toEqual(placed);
      },
    );

    it('makes no look back, also where it checks the webhook', async () => {
      const trigger = rig.start();
      await trigger.poll();
      const placed = await rig.shop.place(1);
      expect(idsOf(await trigger.poll())).toEqual(placed);
      await trigger.hook('checkExists', 'manual');
      expect(await trigger.poll()).toBeNull();
    });
  });
}
