import type { IDataObject } from 'n8n-workflow';

import { CommerceMap } from '../../nodes/CommerceMap/CommerceMap.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { SandboxControl, type ShopName } from '../../scripts/n8n/sandbox-control';
import { SHOPS } from '../../scripts/n8n/shop';
import { NODES } from '../../workflows/templates/orderToCash';
import { runNode } from '../engine';
import { useOwnLedger } from '../support/ledger';
import { templateFlow } from './template-on-sandbox';

/**
 * An order whose parts do not come to its total is refused with the same words however it was read, and wherever it goes: all
 * ways lead through the common order.
 */

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => await sandbox.stop());

useOwnLedger();

/** Where each shop says what an order comes to. */
const TOTAL: Readonly<Record<ShopName, string>> = {
  xcart: 'total',
  threedcart: 'OrderAmount',
  clarity: 'totalAmount',
};

const WORDS =
  /^Order \S+: lines \+ shipping \+ handling( \+ fees)? \+ tax − discount come to .+, but the order total says .+/;

describe.each([...SHOPS.values()].map((shop) => [shop.name, shop] as const))(
  'an order of %s',
  (_name, { platform }) => {
    const dearer = (order: IDataObject): IDataObject => ({
      ...order,
      [TOTAL[platform]]: Number(order[TOTAL[platform]]) + 1,
    });

    async function mapped(order: IDataObject, parameters: object = {}) {
      const run = await runNode({
        nodeType: new CommerceMap(),
        parameters: { operation: 'map', from: `${platform}.order`, ...parameters },
        input: [order],
        onError: 'continueErrorOutput',
      });
      return { out: run.items('Node', 0), failed: run.items('Node', 1).map(({ json }) => json) };
    }

    test('that does not add up is refused alike, read by its trigger, Get or Get Many', async () => {
      const control = new SandboxControl(sandbox.control.url).shop(platform);
      const [placed] = await control.place({ count: 1, lines: 2, state: 'paid' });
      const flow = templateFlow(sandbox, platform);
      const id = { __rl: true, mode: 'id', value: String(placed?.id) };
      const many = await flow.orders({ operation: 'getAll', returnAll: true, simplify: false });
      const listed = many.filter(({ source }) => (source as IDataObject).id === String(placed?.id));
      const got = await flow.orders({ operation: 'get', order: id });
      expect([listed.length, got.length]).toEqual([1, 1]);

      // Triggers put out the same document, with the same source.
      const run = await flow.run(listed.map(dearer));
      const [failed] = run.json('Keep what failed');
      expect(run.json(NODES.route, 0)).toEqual([]);

      const readings = [...listed, ...got];
      const targets = [{}, { to: 'dataverse.salesorder' }, { to: 'commerce.order' }];
      const words = new Set<unknown>();
      for (const order of readings) {
        for (const target of targets) {
          const right = await mapped(order, target);
          expect([right.out.length, right.failed]).toEqual([1, []]);
          const wrong = await mapped(dearer(order), target);
          expect(wrong.out).toEqual([]);
          expect(wrong.failed).toEqual([
            expect.objectContaining({ error: expect.stringMatching(WORDS) as string }),
          ]);
          words.add(wrong.failed[0]?.['error']);
        }
      }
      expect(words.size).toBe(1);
      expect(JSON.stringify(failed)).toContain([...words][0]);
    });

    test('in the short form of Get Many is refused: nothing says what its parts are', async () => {
      const flow = templateFlow(sandbox, platform);
      const [short] = await flow.orders({ operation: 'getAll', limit: 1, simplify: true });
      const { out, failed } = await mapped(short ?? {}, { to: 'commerce.order' });
      expect([out, failed.length]).toEqual([[], 1]);
    });
  },
);
