import { setTimeout as sleep } from 'node:timers/promises';

import type { World } from '../../scripts/n8n/world';

export interface StormOptions {
  orders: number;
  kills: number;
  /** Share of the orders that the shop announces by webhook; all of them can be found by polling. */
  webhooks: number;
  seed: number;
}

/** Orders placed together; a shop on a busy day, not a load test of the sandbox. */
const WAVE = 250;
const PAUSE_BETWEEN_WAVES_MS = 5_000;
/** Share of the orders that the shop changes later, and how many it places with a SKU that Dynamics 365 lacks. */
const CHANGED = 0.01;
const UNKNOWN_SKUS = 3;
/** How long n8n stays away after a kill. */
const DOWN_MS = 3_000;

/** The budget of the design: what the services do to every request, and the shop's add-on to its deliveries. */
export function faults(seed: number): object {
  return {
    seed,
    latency: { dataverse: { perRequestMs: 20, perWriteMs: 1 }, xcart: { perRequestMs: 5 } },
    rules: [
      { service: 'dataverse', kind: '429', probability: 0.05, retryAfterSeconds: 2 },
      { service: 'dataverse', kind: '503', probability: 0.02 },
      { service: 'dataverse', kind: '500', probability: 0.01 },
      { service: 'dataverse', kind: 'reset', probability: 0.01 },
      {
        service: 'dataverse',
        method: 'POST',
        kind: 'timeout-after-commit',
        probability: 0.02,
        holdMs: 3_000,
      },
      { service: 'xcart', kind: '429', probability: 0.05, retryAfterSeconds: 1 },
      { service: 'xcart', kind: '500', probability: 0.03 },
      { service: 'xcart', kind: 'reset', probability: 0.01 },
      { service: 'entra', kind: '503', probability: 0.03 },
    ],
    webhooks: { duplicate: 0.05, lose: 0.05, shuffle: true },
  };
}

export interface Placed {
  /** Orders that can only become dead letters. */
  unknownSkus: number;
  changed: number;
}

/** Places the orders in waves, announced or not, and changes some of them after they have been placed. */
export async function placeAll(
  { control }: World,
  { orders, webhooks }: StormOptions,
  onPlaced: (count: number) => void,
): Promise<Placed> {
  let placed = 0;
  let changed = 0;
  while (placed < orders) {
    const count = Math.min(WAVE, orders - placed);
    const announced = Math.round(count * webhooks);
    const unknownSku = placed === 0 ? Math.min(UNKNOWN_SKUS, count - announced) : 0;
    const quiet = count - announced;
    const list = [
      ...(announced > 0
        ? await control.placeOrders({ count: announced, paid: true, notify: true })
        : []),
      ...(quiet > 0
        ? await control.placeOrders({ count: quiet, unknownSku, paid: true, notify: false })
        : []),
    ];
    placed += count;
    onPlaced(placed);
    await sleep(PAUSE_BETWEEN_WAVES_MS);
    const toChange = list.slice(0, Math.round(count * CHANGED));
    for (const { id } of toChange) await control.changeOrder(id);
    changed += toChange.length;
  }
  return { unknownSkus: Math.min(UNKNOWN_SKUS, orders), changed };
}

/** Kills n8n each time another part of the orders is through, in the middle of whatever it is doing. */
export async function killNow(world: World, settled: () => Promise<number>, options: StormOptions) {
  const { orders, kills } = options;
  for (let kill = 1; kill <= kills; kill += 1) {
    const after = Math.floor((orders * kill) / (kills + 1));
    while ((await settled()) < after) await sleep(500);
    await world.n8n.kill();
    await sleep(DOWN_MS);
    await world.n8n.start();
  }
}
