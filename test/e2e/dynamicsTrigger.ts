import { isUnfinished, nodeRuns } from '../../scripts/n8n/executions';
import type { Workflow } from '../../scripts/n8n/api';
import { World } from '../../scripts/n8n/world';
import { pollingTogether, waitFor, waitForCount } from './flow';
import { FollowedRows } from './followedRows';
import { DynamicsPerson } from './person';
import { Sink, TOLD_ROWS } from './sink';

export interface Amounts {
  /** Rows that are made, and then changed four times each. */
  rows: number;
  /** So many of them are deleted in the end. */
  deleted: number;
  /** Share of the webhooks that never come. */
  lose: number;
}

/** All that n8n polls for comes within a minute, and each execution takes its time. */
const PATIENCE_MS = 240_000;
const TRIGGER = 'Changed accounts';
const CLAIM = 'Claim each change once';
const PACK = 'n8n-nodes-dynamics-commerce';
/** In which sandbox and n8n agree that somebody has registered something else. */
const OTHERS = 'https://other.example/hook';

/** What follows accounts, and sends each change once to a service that says nothing of it. */
function workflowOf(world: World, sink: Sink): Workflow {
  const to = (...names: string[]) => names.map((node) => ({ node, type: 'main', index: 0 }));
  const workflow: Workflow = {
    name: 'Accounts that change',
    nodes: [
      {
        id: '7e6f0c28-0000-4000-8000-000000000001',
        name: TRIGGER,
        type: `${PACK}.dynamics365Trigger`,
        typeVersion: 1,
        position: [0, 0],
        parameters: {
          pollTimes: {},
          triggerOn: 'account',
          receiveBy: 'both',
          events: ['row.created', 'row.changed', 'row.deleted'],
          watchedColumns: ['name'],
          options: {},
        },
        credentials: { dynamicsDataverseApi: world.credentials.dynamicsDataverseApi! },
      },
      {
        name: 'Retries that are due',
        type: `${PACK}.syncLedgerTrigger`,
        typeVersion: 1.3,
        position: [0, 200],
        parameters: { pollTimes: {}, options: {} },
      },
      {
        name: CLAIM,
        type: `${PACK}.syncLedger`,
        typeVersion: 1.2,
        position: [200, 0],
        parameters: { operation: 'claim', options: {} },
      },
      {
        name: 'Tell',
        type: 'n8n-nodes-base.httpRequest',
        typeVersion: 4.2,
        // Above its neighbour, so that n8n runs it first.
        position: [400, 0],
        executeOnce: true,
        parameters: {
          method: 'POST',
          url: sink.url,
          sendBody: true,
          specifyBody: 'json',
          jsonBody: TOLD_ROWS,
          options: {},
        },
      },
      {
        name: 'Mark as done',
        type: `${PACK}.syncLedger`,
        typeVersion: 1.2,
        position: [400, 200],
        parameters: {
          operation: 'complete',
          targetSystem: 'sink',
          targetTable: 'account',
          targetIdField: 'accountid',
          options: {},
        },
      },
    ],
    connections: {
      [TRIGGER]: { main: [to(CLAIM)] },
      'Retries that are due': { main: [to(CLAIM)] },
      [CLAIM]: { main: [to('Tell', 'Mark as done')] },
    },
    settings: { executionOrder: 'v1' },
  };
  pollingTogether(workflow, 5);
  return workflow;
}

/** Endpoints and steps that lead to this n8n, as the sandbox has them. */
async function registered({
  control,
  n8n,
}: World): Promise<{ endpoints: string[]; steps: string[] }> {
  const endpoints = (await control.rows('serviceendpoints')).filter(({ url }) =>
    String(url).startsWith(n8n.url),
  );
  const steps = await control.rows('sdkmessageprocessingsteps');
  return {
    endpoints: endpoints.map(({ serviceendpointid: id }) => String(id)),
    steps: steps.map(({ name }) => String(name)).sort(),
  };
}

const NOTHING = { endpoints: [], steps: [] };
const WHOLE = {
  endpoints: [expect.any(String) as string],
  steps: ['n8n: Create of account', 'n8n: Delete of account', 'n8n: Update of account'],
};

/**
 * The Dynamics 365 Trigger, published on a real n8n: by webhook and change tracking together it tells of each change once,
 * whatever becomes of webhooks and of n8n, and leaves nothing behind in the environment.
 */
export function describeDynamicsTrigger({ rows: count, deleted, lose }: Amounts): void {
  describe('the Dynamics 365 Trigger, on a real n8n', () => {
    let world: World;
    let sink: Sink;
    let person: DynamicsPerson;
    let rows: FollowedRows;
    let workflowId: string;
    /** What stands of the publication. */
    let standing: Awaited<ReturnType<typeof registered>>;

    beforeAll(async () => {
      world = await World.open();
      sink = await Sink.open();
      person = await DynamicsPerson.signIn(world);
      await person.create('serviceendpoints', {
        name: 'Of another system',
        ...{ contract: 8, messageformat: 2, url: OTHERS, authtype: 4, authvalue: 'made up' },
      });
      await person.create('accounts', { name: 'There before' });
      rows = new FollowedRows(person, count);
      workflowId = await world.importWorkflow(workflowOf(world, sink));
    });
    afterAll(async () => {
      await world?.close();
      await sink?.close();
    });

    /** *Execute step* of the trigger: what it shows, or that n8n waits for a webhook. */
    async function runByHand(): Promise<object[] | 'waits'> {
      const { executionId } = await world.api.json<{ executionId?: string }>(
        'POST',
        `/rest/workflows/${workflowId}/run`,
        {
          triggerToStartFrom: { name: TRIGGER },
          destinationNode: { nodeName: TRIGGER, mode: 'inclusive' },
        },
      );
      if (executionId === undefined) return 'waits';
      const hasEnded = async () =>
        !isUnfinished((await world.api.execution(executionId)).status as 'running');
      await waitFor(world, hasEnded, PATIENCE_MS);
      const { error, nodes } = await nodeRuns(world.api, executionId);
      expect(error).toBeUndefined();
      return nodes[TRIGGER]?.items ?? [];
    }

    /** Waits until all has been told that was to be told so far, and nothing is on its way. */
    async function untilTold(): Promise<void> {
      const told = async () => await Promise.resolve(rows.toldOf(sink.told));
      await waitForCount(world, told, rows.toTell, PATIENCE_MS);
      await waitFor(world, async () => (await world.unsettled()) === 0, PATIENCE_MS);
    }

    const deliveries = () => world.sandbox.services.dataverse.webhooks.deliveries();

    /** Waits until n8n has asked for what has changed, twice. */
    async function twoPollsLater(): Promise<void> {
      await world.control.resetCounts();
      const haveAsked = async () => (await world.control.counts()).dataverse.requests >= 2;
      await waitFor(world, haveAsked, PATIENCE_MS);
    }

    it('shows by hand what there is, waits for nothing, and registers nothing', async () => {
      expect(await runByHand()).toMatchObject([{ name: 'There before' }]);
      expect(await registered(world)).toEqual(NOTHING);
    });

    it('registers one endpoint with a step for each event when it is published', async () => {
      await world.api.activate(workflowId);
      standing = await registered(world);
      expect(standing).toEqual(WHOLE);
      expect(await runByHand()).toMatchObject([{ name: 'There before' }]);
      expect(await registered(world)).toEqual(standing);
      await twoPollsLater();
      expect(sink.told).toEqual([]);
    });

    it(`tells of ${count} new rows while webhooks are lost, doubled and late`, async () => {
      await world.control.setFaults({ seed: 7, webhooks: { duplicate: 0.1, lose, shuffle: true } });
      await rows.create();
      await untilTold();
    });

    it('has one endpoint with the same steps when it is published again', async () => {
      await world.api.activate(workflowId);
      // n8n takes the former publication back first.
      standing = await registered(world);
      expect(standing).toEqual(WHOLE);
    });

    it('tells of what is changed before n8n is started again, meanwhile and afterwards', async () => {
      const version = rows.next();
      const part = Math.ceil(count / 3);
      await rows.change(rows.all.slice(0, part), version);
      await world.n8n.stop();
      await rows.change(rows.all.slice(part, 2 * part), version);
      await world.n8n.start();
      await rows.change(rows.all.slice(2 * part), version);
      await untilTold();
      expect(await registered(world)).toEqual(standing);
    });

    it('tells of what is changed while rows change twice at once', async () => {
      await rows.changeTwice();
      await untilTold();
      expect(sink.told.filter(({ outcome }) => outcome === 'reclaimed')).toEqual([]);
    });

    it('tells of what is changed around a power cut', async () => {
      const before = sink.told.length;
      const version = rows.next();
      const half = Math.ceil(count / 2);
      await rows.change(rows.all.slice(0, half), version);
      // In the middle of them, whatever is on its way.
      await waitFor(
        world,
        async () => await Promise.resolve(sink.told.length > before),
        PATIENCE_MS,
      );
      await world.n8n.kill();
      await rows.change(rows.all.slice(half), version);
      await world.n8n.start();
      await untilTold();
      expect(await registered(world)).toEqual(standing);
    });

    it(`tells of ${deleted} rows that are gone`, async () => {
      await rows.delete(deleted);
      await untilTold();
    });

    it('has missed nothing, and doubled nothing', async () => {
      await waitFor(
        world,
        async () => await Promise.resolve(!deliveries().some(({ status }) => status === 'pending')),
        PATIENCE_MS,
      );
      await twoPollsLater();
      await untilTold();
      expect(rows.events).toBe(5 * count + deleted);
      expect(rows.wrongIn(sink.told)).toEqual({ missed: [], doubled: [], unknown: [], late: [] });
      const lost = deliveries().filter(({ status }) => status === 'lost');
      expect(lost.length).toBeGreaterThan(0);
      expect(deliveries().some(({ duplicate }) => duplicate)).toBe(true);
      expect(await world.deadLetters()).toEqual([]);
      expect(await world.held()).toEqual([]);
      // Those of the power cut n8n itself calls crashed.
      const executions = await world.api.executions({ workflowId }, Infinity);
      expect(executions.filter(({ status }) => status === 'error')).toEqual([]);
    });

    it('leaves nothing behind when it is not published any more, nor when it is published anew and deleted', async () => {
      await world.api.deactivate(workflowId);
      expect(await registered(world)).toEqual(NOTHING);
      await world.api.activate(workflowId);
      expect(await registered(world)).toEqual(WHOLE);
      await world.api.json('POST', `/rest/workflows/${workflowId}/archive`);
      expect(await registered(world)).toEqual(NOTHING);
      const others = (await world.control.rows('serviceendpoints')).map(({ url }) => url);
      expect(others).toEqual([OTHERS]);
    });
  });
}
