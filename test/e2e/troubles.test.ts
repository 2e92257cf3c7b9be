import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

import type { ExecutionSummary } from '../../scripts/n8n/api';
import { announceOrders, SHOP, startFlow, webhookUrl } from '../../scripts/n8n/shop';
import { World } from '../../scripts/n8n/world';
import { ALL_THERE, compareOrders } from './compare';
import { tellingOften, waitFor } from './flow';

jest.setTimeout(400_000);

/** n8n polls every minute. */
const A_POLL_MS = 90_000;

/** What a person on call is woken for, one after the other on one n8n that never gets a fresh start. */
describe('troubles, on a real n8n', () => {
  let world: World;
  let workflow: string;

  beforeAll(async () => {
    world = await World.open();
    workflow = await startFlow(world, SHOP, tellingOften);
  });
  afterAll(async () => await world?.close());
  afterEach(async () => await world.control.setFaults({}));

  async function everythingArrives(patienceMs = A_POLL_MS): Promise<void> {
    await waitFor(
      world,
      async () => {
        const { missing, incomplete } = await compareOrders(world);
        return missing.length + incomplete.length === 0 && (await world.unsettled()) === 0;
      },
      patienceMs,
    );
    expect(await compareOrders(world)).toMatchObject(ALL_THERE);
    expect(await world.deadLetters()).toEqual([]);
  }

  /** Lets so much time pass for the ledger that every lease is over and every retry due. */
  function timePasses(): void {
    const ledger = new DatabaseSync(world.ledgerFile, { timeout: 10_000 });
    ledger.exec('UPDATE record SET due_at = 0, hidden_until = 0 WHERE due_at IS NOT NULL');
    ledger.close();
  }

  const running = async (): Promise<ExecutionSummary[]> =>
    (await world.api.executions({ workflowId: workflow })).filter(
      ({ status }) => status === 'running',
    );

  it('200 deliveries within a second: each order once, and no database is locked', async () => {
    await announceOrders(world, workflow, { concurrency: 100, timeoutMs: 120_000 });
    await world.control.placeOrders({ count: 200, paid: true, notify: true });
    await everythingArrives(240_000);
    expect(readFileSync(world.n8n.logFile, 'utf8')).not.toMatch(/SQLITE_BUSY|database is locked/);
    await announceOrders(world, workflow);
  });

  it('tokens that end in the middle, then nobody to sign in with, then nobody who is let in', async () => {
    await world.control.expireTokens();
    await world.control.placeOrders({ count: 3, paid: true, notify: true });
    await everythingArrives();
    for (const rule of [
      { service: 'entra', kind: '503' },
      { service: 'dataverse', kind: 'unauthorized' },
    ]) {
      await world.control.expireTokens();
      await world.control.setFaults({ rules: [rule] });
      await world.control.placeOrders({ count: 3, paid: true, notify: true });
      await waitFor(world, async () => (await world.states()).retry >= 3, A_POLL_MS);
      await world.control.setFaults({});
      timePasses();
      await everythingArrives(2 * A_POLL_MS);
    }
  });

  it('a run that a person stops: its orders come again by the trigger for retries', async () => {
    await world.control.setFaults({ latency: { dataverse: { perRequestMs: 30_000 } } });
    await world.control.placeOrders({ count: 3, paid: true, notify: true });
    await waitFor(world, async () => (await world.states()).in_flight === 3, A_POLL_MS);
    for (const { id } of await running()) await world.api.stopExecution(id);
    await waitFor(world, async () => (await running()).length === 0, 30_000);
    expect((await world.states()).in_flight).toBe(3);
    await world.control.setFaults({});
    timePasses();
    await everythingArrives(2 * A_POLL_MS);
  });

  it('a workflow that is switched off while orders are on their way', async () => {
    await world.control.setFaults({ latency: { dataverse: { perRequestMs: 30_000 } } });
    await world.control.placeOrders({ count: 3, paid: true, notify: true });
    await waitFor(world, async () => (await world.states()).in_flight === 3, A_POLL_MS);
    await world.api.deactivate(workflow);
    for (const { id } of await running()) await world.api.stopExecution(id);
    await world.control.placeOrders({ count: 2, paid: true, notify: false });
    await world.control.setFaults({});
    timePasses();
    await world.api.activate(workflow);
    await everythingArrives(2 * A_POLL_MS);
  });

  it('a ledger that another program locks for longer than a run waits', async () => {
    const other = new DatabaseSync(world.ledgerFile, { timeout: 10_000 });
    other.exec('BEGIN IMMEDIATE');
    await world.control.placeOrders({ count: 3, paid: true, notify: true });
    await sleep(30_000);
    other.exec('ROLLBACK');
    other.close();
    await everythingArrives(2 * A_POLL_MS);
  });

  it('a start of n8n while the store is down: everything runs as soon as the store does', async () => {
    await world.n8n.stop();
    await world.control.setFaults({ rules: [{ service: 'xcart', kind: '503' }] });
    await world.control.placeOrders({ count: 2, paid: true, notify: false });
    await world.n8n.start();
    await world.control.setFaults({});
    await world.control.placeOrders({ count: 1, paid: true, notify: true });
    await everythingArrives(2 * A_POLL_MS);
  });

  it('an order that the store deletes after it has announced it does no harm', async () => {
    const answer = await fetch(webhookUrl(world, workflow), {
      method: 'POST',
      headers: { 'x-webhook-secret': world.sandbox.xcart.webhookSecret },
      body: JSON.stringify({ event: 'order.created', id: 999_999 }),
    });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('30');
  });
});
