import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { sum } from 'lodash';

import { inFlight } from '../../core/http/in-flight';
import type { ShopHook } from '../../sandbox/control/shop';
import { isSettled, settlements } from '../../scripts/demo/orders';
import { SHOPS, type Shop, startFlow } from '../../scripts/n8n/shop';
import { World } from '../../scripts/n8n/world';
import { failedExecutions, waitFor, waitForCount } from './flow';

export interface Amounts {
  /** Orders that each shop tells of. */
  events: number;
  /** Bodies that hold no order, sent by somebody who knows the secret. */
  malformed: number;
}

/** Everything of which n8n polls comes within a minute and a half. */
const PATIENCE_MS = 240_000;

/** What is no order of any shop: broken JSON and XML, other shapes, ids that are none, and no text at all. */
const malformedBody = fc.oneof(
  fc.json(),
  fc.json().map((text) => text.slice(0, -1)),
  fc.constantFrom(
    '',
    ' ',
    'null',
    '[]',
    '{}',
    '[null]',
    '[[]]',
    '<',
    '<a/>',
    '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  ),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .record({ id: fc.constantFrom([], {}, 'x', true, null, 1.5, -3), event: fc.anything() })
    .map((document) => JSON.stringify({ ...document, OrderID: document.id })),
  fc
    .constantFrom('1e21', '-1', '"x"', 'true', '{"__proto__":1}')
    .map((id) => `{"id":${id},"OrderID":${id}}`),
  fc.nat(4000).map((depth) => '['.repeat(depth)),
);

/** What Clarity sends beside a body: a signature that holds, and when it was sent. */
const signed = (body: string, secret: string, at: Date): Record<string, string> => ({
  'x-clarity-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  'x-clarity-timestamp': String(Math.floor(at.getTime() / 1000)),
});

/** Webhooks of every shop, on one real n8n: what comes twice, late, never, forged and in pieces. */
export function describeEvents({ events, malformed }: Amounts): void {
  describe('webhooks of every shop, on a real n8n', () => {
    let world: World;
    const workflows = new Map<Shop, string>();
    const shops = [...SHOPS.values()];

    beforeAll(async () => {
      world = await World.open();
      for (const shop of shops) workflows.set(shop, await startFlow(world, shop));
    });
    afterAll(async () => await world?.close());

    const hooksOf = async (shop: Shop): Promise<ShopHook[]> =>
      (await world.control.shop(shop.platform).hooks()).filter(({ url }) =>
        url.startsWith(world.n8n.url),
      );
    /** Where the shop was told to send to, without what may prove it. */
    const addressOf = async (shop: Shop): Promise<string> => {
      const [hook] = await hooksOf(shop);
      if (!hook) throw new Error(`${shop.name} tells nobody of its orders`);
      return hook.url.split('?', 1).join('');
    };
    /** Executions that a webhook has started; polls go on meanwhile. */
    const runs = async (shop: Shop): Promise<number> =>
      (await world.api.executions({ workflowId: workflows.get(shop) }, Infinity)).filter(
        ({ mode }) => mode === 'webhook',
      ).length;

    test(`${events} orders each, some told twice, in any order, 5 % never: each arrives once`, async () => {
      await world.control.setFaults({ webhooks: { duplicate: 0.1, lose: 0.05, shuffle: true } });
      for (const { platform } of shops) {
        const staff = world.control.shop(platform);
        await staff.place({ count: events, lines: 1, state: 'paid', notify: true });
      }
      const arrived = async (): Promise<number> => (await world.states()).done;
      await waitForCount(world, arrived, events * shops.length, PATIENCE_MS);
      for (const shop of shops) {
        const areAllThere = async (): Promise<boolean> =>
          (await settlements(world, shop)).every(isSettled);
        await waitFor(world, areAllThere, PATIENCE_MS);
        const all = await settlements(world, shop);
        expect(all).toHaveLength(events);
        expect(all.filter(({ salesOrders }) => salesOrders.length !== 1)).toEqual([]);
      }
      await waitFor(world, async () => (await world.unsettled()) === 0, PATIENCE_MS);
      expect(await world.deadLetters()).toEqual([]);
      await world.control.setFaults({});
      // The poll brings most orders before their webhooks come; these go on meanwhile, and some are sent once more.
      const underway = async (): Promise<number> => {
        const counts = shops.map(
          async ({ platform }) => await world.control.shop(platform).underway(),
        );
        return sum(await Promise.all(counts));
      };
      const late = await underway();
      await waitForCount(world, async () => late - (await underway()), late, PATIENCE_MS);
      for (const id of workflows.values()) {
        expect(await failedExecutions(world, id, PATIENCE_MS)).toEqual([]);
      }
    });

    test.each(shops)('$name: nobody is let in without the secret', async (shop) => {
      const [hook] = await hooksOf(shop);
      const address = await addressOf(shop);
      const before = await runs(shop);
      const [order] = await world.control.shop(shop.platform).orders();
      const forged = JSON.stringify({ event: 'order.created', id: order?.id, ...order?.document });
      const wrong = randomBytes(16).toString('hex');
      const longAgo = new Date(Date.now() - 3_600_000);
      const attempts: Array<[query: string, headers: Record<string, string>]> = [
        ['', {}],
        [`?key=${wrong}`, {}],
        ['?key=&key=', {}],
        ['', { 'x-webhook-secret': wrong }],
        ['', { 'x-webhook-signature': `sha256=${wrong.repeat(2)}` }],
        ['', { 'x-clarity-signature': `sha256=${wrong.repeat(2)}`, 'x-clarity-timestamp': '0' }],
        // Signed by the shop itself and sent an hour later by whoever has read it on its way.
        ['', signed(forged, hook?.secret ?? wrong, longAgo)],
      ];
      for (const [query, headers] of attempts) {
        const answer = await fetch(`${address}${query}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: forged,
        });
        expect(answer.status).toBe(401);
      }
      expect(await runs(shop)).toBe(before);
    });

    test.each(shops)(
      `$name: ${malformed} bodies that hold no order start nothing`,
      async (shop) => {
        const [hook] = await hooksOf(shop);
        if (!hook) throw new Error(`${shop.name} tells nobody of its orders`);
        const before = await runs(shop);
        const bodies = fc.sample(malformedBody, { numRuns: malformed, seed: 20_261_127 });
        const statuses = await inFlight(bodies, 4, async (body) => {
          const answer = await fetch(hook.url, {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              ...(hook.secret && { 'x-webhook-secret': hook.secret }),
              ...(hook.secret && signed(body, hook.secret, new Date())),
            },
            body,
          });
          await answer.arrayBuffer();
          return answer.status;
        });
        // An empty list is no mistake: it is taken, and starts nothing.
        expect(
          statuses.filter((status) => status !== 200 && (status < 400 || status >= 500)),
        ).toEqual([]);
        expect(await runs(shop)).toBe(before);
      },
    );

    test('published again, started again and taken back, no webhook is left behind', async () => {
      const standing = new Map<Shop, number>();
      for (const shop of shops) standing.set(shop, (await hooksOf(shop)).length);
      const areAsBefore = async (): Promise<void> => {
        for (const shop of shops) expect((await hooksOf(shop)).length).toBe(standing.get(shop));
      };
      expect([...standing.values()].every((count) => count > 0)).toBe(true);
      for (const id of workflows.values()) await world.api.activate(id);
      await areAsBefore();
      const activations = (): number[] =>
        [...workflows.values()].map((id) => {
          const log = readFileSync(world.n8n.logFile, 'utf8');
          return log.split(new RegExp(`Activated workflow .*${id}`)).length - 1;
        });
      const before = activations();
      await world.n8n.stop();
      await world.n8n.start();
      // n8n answers before it has looked at the webhooks of all workflows.
      const isStarted = async (): Promise<boolean> =>
        await Promise.resolve(activations().every((count, at) => count > (before[at] ?? 0)));
      await waitFor(world, isStarted, PATIENCE_MS);
      await areAsBefore();
      for (const [shop, id] of workflows) {
        expect(await failedExecutions(world, id)).toEqual([]);
        await world.api.deactivate(id);
        // What a person has entered by hand, a person has to take away.
        if (!shop.isToldByHand) expect(await hooksOf(shop)).toEqual([]);
      }
    });
  });
}
