/**
 * `npm run chaos -- --orders 10000 --kills 3 --json FILE`: orders by webhook and poll through the template on a real
 * n8n, while the services refuse, fail, reset and answer too late, webhooks are lost, doubled and shuffled, and n8n
 * is killed (SIGKILL). Ends with 0 only if no order is lost or doubled, the totals agree to the cent, and nothing but
 * what cannot be sent is a dead letter.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { onEnd, runMain } from '../../scripts/lib/lifecycle';
import { step } from '../../scripts/lib/progress.mjs';
import { waitUntil } from '../../scripts/lib/wait';
import { startFlow } from '../../scripts/n8n/shop';
import { World } from '../../scripts/n8n/world';
import { faults, killNow, placeAll, type Placed, type StormOptions } from './storm';
import { judge, type Verdict } from './verdict';

const PROGRESS_EVERY_MS = 15_000;
/** Without any progress for so long the run is over, whatever is missing. */
const PATIENCE_MS = 15 * 60_000;

function readOptions(): StormOptions & { json?: string } {
  const { values } = parseArgs({
    options: {
      orders: { type: 'string', default: '2000' },
      kills: { type: 'string', default: '3' },
      webhooks: { type: 'string', default: '0.1' },
      seed: { type: 'string', default: '7' },
      json: { type: 'string' },
    },
  });
  const numbers = {
    orders: Number(values.orders),
    kills: Number(values.kills),
    webhooks: Number(values.webhooks),
    seed: Number(values.seed),
  };
  const wrong = Object.entries(numbers).find(([, value]) => !(value >= 0));
  if (wrong) throw new Error(`--${wrong[0]} must be a number, such as --orders 10000.`);
  return { ...numbers, json: values.json };
}

/** How many orders are through, and how many are on their way or waiting, as the ledger has it. */
async function progressOf(world: World): Promise<{ settled: number; open: number }> {
  const states = await world.states();
  return {
    settled: states.done + states.dead,
    open: states.in_flight + states.retry + states.pending,
  };
}

/** Waits until as many records are settled as orders were placed and none is open, with a line now and then. */
async function untilSettled(world: World, orders: number, started: number): Promise<void> {
  let last = { settled: -1, open: -1 };
  let movedAt = Date.now();
  for (let ticks = 0; ; ticks += 1) {
    const now = await progressOf(world);
    if (now.settled !== last.settled) movedAt = Date.now();
    last = now;
    if (now.settled >= orders && now.open === 0) return;
    if (Date.now() - movedAt > PATIENCE_MS) return;
    if (ticks % (PROGRESS_EVERY_MS / 1_000) === 0) {
      const seconds = Math.round((Date.now() - started) / 1000);
      process.stderr.write(`  ${seconds} s: ${now.settled} settled, ${now.open} open\n`);
    }
    await sleep(1_000);
  }
}

async function storm(world: World, options: StormOptions): Promise<Placed> {
  await startFlow(world);
  await world.control.setFaults(faults(options.seed));
  await world.control.resetCounts();
  const started = Date.now();
  const [placed] = await Promise.all([
    placeAll(world, options, (count) => process.stderr.write(`  ${count} orders placed\n`)),
    killNow(world, async () => (await progressOf(world)).settled, options),
    untilSettled(world, options.orders, started),
  ]);
  // The changes of the last wave come with a poll of their own.
  await step('Waiting for the changed orders', () => untilAgreed(world));
  return placed;
}

async function untilAgreed(world: World): Promise<void> {
  const agrees = async (): Promise<boolean> => {
    const { totalsDiffer, lost } = await judge(world);
    return totalsDiffer === 0 && lost === 0 && (await progressOf(world)).open === 0;
  };
  await waitUntil(agrees, 5 * 60_000, 5_000);
}

function isSound(verdict: Verdict, { unknownSkus }: Placed): boolean {
  const { lost, duplicates, totalsDiffer, deadLetters, created, orders } = verdict;
  return (
    lost === 0 &&
    duplicates === 0 &&
    totalsDiffer === 0 &&
    deadLetters === unknownSkus &&
    created === orders - unknownSkus
  );
}

async function main(): Promise<number> {
  const { json, ...options } = readOptions();
  const world = await step('Starting the sandbox and n8n with the pack', () =>
    World.open({ onEnd }),
  );
  const started = Date.now();
  const placed = await step(
    `Sending ${options.orders} orders through faults and ${options.kills} kills`,
    () => storm(world, options),
  );
  const seconds = Math.round((Date.now() - started) / 1000);
  const { dataverse } = await world.control.counts();
  const { reasons, ...verdict } = await judge(world);
  for (const reason of reasons) process.stderr.write(`  dead letter: ${reason}\n`);
  const requestsPerOrder = Math.round((dataverse.requests / verdict.orders) * 1000) / 1000;
  const line = JSON.stringify({ ...verdict, kills: options.kills, seconds, requestsPerOrder });
  console.log(line);
  if (json) writeFileSync(json, `${line}\n`);
  return isSound(verdict, placed) ? 0 : 1;
}

runMain(main);
