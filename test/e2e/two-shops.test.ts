import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { Ledger } from '../../core/ledger/ledger';
import { createLedger } from '../../core/ledger/open';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import type { Workflow } from '../../scripts/n8n/api';
import { nodeRuns } from '../../scripts/n8n/executions';
import { type PlacedOrder, SandboxControl } from '../../scripts/n8n/sandbox-control';
import { listenToWebhooks, SHOP, triggerOf, webhookUrl } from '../../scripts/n8n/shop';
import { type CredentialReference, World } from '../../scripts/n8n/world';
import { NODES } from '../../workflows/templates/orderToCash';
import { fromTheBeginning, waitFor } from './flow';

jest.setTimeout(240_000);

const PATIENCE_MS = 60_000;

const TAKEN = /Store Name \W+main\W+ already means the shop at 127\.0\.0\.1:\d+/;

/** What a person chooses in the nodes of an import, by type of credential. */
type Chosen = Record<string, CredentialReference>;

/** One n8n with two shops, whose orders have the same numbers, and a copy for QA: nothing is taken, nothing believed. */
describe('a second import of the template, on a real n8n', () => {
  let world: World;
  /** Another shop, and for QA another Dynamics 365. */
  let other: RunningSandbox;
  let otherShop: SandboxControl;
  let ledger: Ledger;
  /** The import of the first shop, and that of the second one. */
  let first: string;
  let second: string;
  let secondCredential: CredentialReference;

  beforeAll(async () => {
    world = await World.open();
    other = await startSandbox();
    otherShop = new SandboxControl(other.control.url);
    ledger = await createLedger({ file: world.ledgerFile });
    await place(world.control, 2);
    await place(otherShop, 2);
  });
  afterAll(async () => {
    await ledger?.close();
    await other?.stop();
    await world?.close();
  });

  const place = async (shop: SandboxControl, count: number, notify = false) =>
    await shop.placeOrders({ count, lines: 1, paid: true, notify });

  const otherCredential = (type: string): Record<string, unknown> =>
    (other.credentials[type] as { data: Record<string, unknown> }).data;

  /** As the editor exports a workflow that somebody has set up, with all that is in it, and imports it again. */
  async function importAgain(
    id: string,
    chosen: Chosen = {},
    adapt: (workflow: Workflow) => void = () => {},
  ): Promise<string> {
    const { name, nodes, connections, settings } = await world.api.json<Workflow>(
      'GET',
      `/rest/workflows/${id}`,
    );
    return await world.importWorkflow({ name, nodes, connections, settings }, (workflow) => {
      for (const node of workflow.nodes) {
        for (const type of Object.keys(node.credentials ?? {})) {
          const credential = chosen[type];
          if (credential && node.credentials) node.credentials[type] = credential;
        }
      }
      adapt(workflow);
    });
  }

  const doneIn = async (flow: string, of = ledger): Promise<number> =>
    (await of.statistics({ flow })).total.states.done;

  const areDone = async (flow: string, count: number): Promise<void> =>
    await waitFor(world, async () => (await doneIn(flow)) === count, PATIENCE_MS);

  const salesOrders = async (): Promise<number> => (await world.control.rows('salesorders')).length;

  /** Runs the workflow up to its Claim, as *Execute step* does. Resolves with what the editor shows as its error. */
  async function errorByHand(id: string): Promise<string | undefined> {
    const { executionId } = await world.api.json<{ executionId: string }>(
      'POST',
      `/rest/workflows/${id}/run`,
      {
        triggerToStartFrom: { name: NODES.orders },
        destinationNode: { nodeName: NODES.claim, mode: 'inclusive' },
      },
    );
    const hasEnded = async () =>
      ['success', 'error'].includes((await world.api.execution(executionId)).status);
    await waitFor(world, hasEnded, PATIENCE_MS);
    return (await nodeRuns(world.api, executionId)).error;
  }

  it('is refused while its shop has the name of the first one, by hand and when it is published', async () => {
    first = await world.importTemplate(SHOP.template, (workflow) => {
      fromTheBeginning(workflow);
      listenToWebhooks(workflow);
    });
    await world.api.activate(first);
    await areDone(first, 2);
    secondCredential = await world.api.createCredential(
      'xCartApi',
      'Second shop',
      otherCredential('xCartApi'),
    );
    second = await importAgain(first, { xCartApi: secondCredential });
    expect(await errorByHand(second)).toMatch(TAKEN);
    await expect(world.api.activate(second)).rejects.toThrow(TAKEN);
    expect(await salesOrders()).toBe(2);
  });

  it('is published beside the first under a name of its own, and each gets its own orders', async () => {
    await world.api.json('PATCH', `/rest/credentials/${secondCredential.id}`, {
      ...{ name: secondCredential.name, type: 'xCartApi' },
      data: { ...otherCredential('xCartApi'), storeName: 'second' },
    });
    expect(await errorByHand(second)).toBeUndefined();
    await world.api.activate(second);
    await areDone(second, 2);

    const { webhookSecret } = world.sandbox.xcart;
    await world.control.setWebhook(webhookUrl(world, first), webhookSecret);
    await otherShop.setWebhook(webhookUrl(world, second), webhookSecret);
    const [here] = (await place(world.control, 1, true)) as [PlacedOrder];
    const [there] = (await place(otherShop, 1, true)) as [PlacedOrder];
    await areDone(first, 3);
    await areDone(second, 3);
    expect(there.id).toBe(here.id);
    const records = await world.records([
      `xcart:main:order:${here.id}`,
      `xcart:second:order:${there.id}`,
    ]);
    expect(records.map(({ flow }) => flow)).toEqual([first, second]);
    expect(await salesOrders()).toBe(6);
  });

  it('of the same shop believes nothing of what the first has sent, and takes none of its retries', async () => {
    await world.api.deactivate(first);
    await ledger.resend({ flow: first, limit: 1 });
    const third = await importAgain(first);
    await world.api.activate(third);
    await areDone(third, 3);
    expect(await salesOrders()).toBe(6);
    // Published anew, it polls at once.
    await world.api.deactivate(third);
    await world.api.activate(third);
    const due = await ledger.due({ flow: first, limit: 9, visibilityMs: 0, peek: true });
    expect(due).toHaveLength(1);
    expect(await doneIn(first)).toBe(2);
    await world.api.deactivate(third);
    await world.api.activate(first);
    await areDone(first, 3);
    expect((await ledger.statistics()).flows.map(({ flow }) => flow).toSorted()).toEqual(
      [first, second, third].toSorted(),
    );
  });

  it('for QA, with a ledger of its own, keeps to its own shop and its own Dynamics 365', async () => {
    const file = join(world.folder, 'qa.sqlite');
    const chosen: Chosen = {
      xCartApi: await world.api.createCredential('xCartApi', 'QA', otherCredential('xCartApi')),
      dynamicsDataverseApi: await world.api.createCredential(
        'dynamicsDataverseApi',
        'QA',
        otherCredential('dynamicsDataverseApi'),
      ),
    };
    const syncLedgerApi = await world.api.createCredential('syncLedgerApi', 'QA', { file });
    const inQaLedger = (workflow: Workflow): void => {
      for (const node of workflow.nodes.filter(({ type }) => type.includes('.syncLedger'))) {
        node.parameters.ledger = 'credential';
        node.credentials = { syncLedgerApi };
      }
    };
    const before = await ledger.statistics();
    const orders = await salesOrders();
    const qa = await importAgain(first, chosen, inQaLedger);
    await world.api.activate(qa);
    const qaLedger = await createLedger({ file });
    try {
      await waitFor(world, async () => (await doneIn(qa, qaLedger)) === 3, PATIENCE_MS);
    } finally {
      await qaLedger.close();
    }
    expect(await otherShop.rows('salesorders')).toHaveLength(3);
    expect(await salesOrders()).toBe(orders);
    expect((await ledger.statistics()).total.states).toEqual(before.total.states);

    // The shop of production in the ledger of QA: nobody sees that before Claim does, and its run fails.
    const mixedUp = await importAgain(first, {}, (workflow) => {
      inQaLedger(workflow);
      triggerOf(workflow).parameters.receiveBy = 'poll';
    });
    await world.api.activate(mixedUp);
    const failed = async () =>
      (await world.api.executions({ workflowId: mixedUp })).find(
        ({ status }) => status === 'error',
      );
    await waitFor(world, async () => (await failed()) !== undefined, PATIENCE_MS);
    const { error } = await nodeRuns(world.api, (await failed())?.id ?? '');
    expect(error).toMatch(TAKEN);
    await world.api.deactivate(mixedUp);
  });

  it('goes on with a ledger that was put back: nothing is doubled, and what was held is held again', async () => {
    const backup = join(world.folder, 'backup.sqlite');
    const file = new DatabaseSync(world.ledgerFile);
    file.exec(`VACUUM INTO '${backup}'`);
    file.close();
    const isThere = async (): Promise<boolean> => {
      const { done, held } = (await ledger.statistics({ flow: first })).total.states;
      return done === 4 && held === 1;
    };
    await place(world.control, 1, true);
    await world.control.placeOrders({ count: 1, lines: 1, paid: false, notify: true });
    await waitFor(world, isThere, PATIENCE_MS);
    const orders = await salesOrders();

    await world.n8n.stop();
    await ledger.close();
    for (const part of ['', '-wal', '-shm']) rmSync(`${world.ledgerFile}${part}`, { force: true });
    copyFileSync(backup, world.ledgerFile);
    ledger = await createLedger({ file: world.ledgerFile });
    expect(await doneIn(first)).toBe(3);
    await world.n8n.start();
    // Longer ago than the trigger looks back by itself, Start From would bring them.
    await waitFor(world, isThere, 2 * PATIENCE_MS);
    expect(await salesOrders()).toBe(orders);
  });
});
