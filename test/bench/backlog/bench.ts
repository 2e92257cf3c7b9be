import { onEnd } from '../../../scripts/lib/lifecycle';
import { step } from '../../../scripts/lib/progress.mjs';
import { finishedExecution } from '../../../scripts/n8n/executions';
import { SHOP } from '../../../scripts/n8n/shop';
import { World } from '../../../scripts/n8n/world';
import { NODES } from '../../../workflows/templates/orderToCash';
import { ceiling, compare, type BenchResult } from '../result';
import { peerWorkflow } from './peer';

const ORDERS = 1000;
const LINES = 3;
/** What the services take: per request, and per row written. With the real service protection limits. */
const LATENCY = {
  latency: { dataverse: { perRequestMs: 40, perWriteMs: 25 }, xcart: { perRequestMs: 40 } },
  limits: { dataverse: true },
};

interface Run {
  ordersPerSecond: number;
  requestsPerOrder: number;
}

/** 1,000 orders of 3 lines from X-Cart into Dataverse: the template beside a flow built from HTTP Request nodes. */
export async function backlogBench({ runs }: { runs: number }): Promise<BenchResult[]> {
  const world = await step('Starting the sandbox and n8n with the pack', () =>
    World.open({ onEnd }),
  );
  const credentials = await peerCredentials(world);
  const ours: Run[] = [];
  const peer: Run[] = [];
  for (let run = 1; run <= runs; run += 1) {
    peer.push(
      await step(`Run ${run}: built by hand`, () =>
        measure(world, () => startPeer(world, credentials, run)),
      ),
    );
    ours.push(
      await step(`Run ${run}: template`, () => measure(world, () => startOurs(world, run))),
    );
  }
  const rate = (list: Run[]) => list.map(({ ordersPerSecond }) => ordersPerSecond);
  const requests = (list: Run[]) => list.map(({ requestsPerOrder }) => requestsPerOrder);
  return [
    compare({
      name: 'backlog: orders per second',
      unit: 'orders/s',
      ours: rate(ours),
      peer: rate(peer),
      higherIsBetter: true,
      budget: 10,
    }),
    ceiling('backlog: requests to Dataverse per order', 'requests/order', requests(ours), 0.1),
  ];
}

/** From a fresh sandbox with the orders waiting, to the end of the execution; then everything must be there. */
async function measure(world: World, start: () => Promise<string>): Promise<Run> {
  world.sandbox.reset();
  await world.control.placeOrders({
    count: ORDERS,
    lines: LINES,
    paid: true,
    notify: false,
  });
  await world.control.setFaults(LATENCY);
  await world.control.resetCounts();
  const started = Date.now();
  const workflowId = await start();
  const { status } = await finishedExecution(world.api, workflowId);
  const seconds = (Date.now() - started) / 1000;
  await world.api.deactivate(workflowId);
  await check(world, status);
  const { dataverse } = await world.control.counts();
  return { ordersPerSecond: ORDERS / seconds, requestsPerOrder: dataverse.requests / ORDERS };
}

async function check(world: World, status: string): Promise<void> {
  const [orders, lines] = await Promise.all([
    world.control.rows('salesorders'),
    world.control.rows('salesorderdetails'),
  ]);
  if (status !== 'success' || orders.length !== ORDERS || lines.length !== ORDERS * LINES) {
    throw new Error(
      `The run does not count: ${status}, ${orders.length} orders, ${lines.length} lines`,
    );
  }
}

async function startOurs(world: World, run: number): Promise<string> {
  const id = await world.importTemplate(SHOP.template, (workflow) => {
    for (const node of workflow.nodes) {
      // A backlog: everything there is, and a flow of its own so that the ledger knows none of it.
      if (node.name === NODES.orders) node.parameters.startFrom = '2000-01-01T00:00:00';
      if (node.name === NODES.claim) node.parameters.flow = `bench-${run}`;
    }
  });
  await world.api.activate(id);
  return id;
}

type PeerCredentials = Pick<
  Parameters<typeof peerWorkflow>[0],
  'dataverseCredential' | 'xcartCredential'
>;

async function startPeer(world: World, credentials: PeerCredentials, run: number): Promise<string> {
  const webhookPath = `peer-${run}`;
  const id = await world.api.createWorkflow(
    peerWorkflow({
      dataverseUrl: world.sandbox.dataverse.url,
      xcartUrl: world.sandbox.xcart.url,
      webhookPath,
      ...credentials,
    }),
  );
  await world.api.activate(id);
  await fetch(`${world.n8n.url}/webhook/${webhookPath}`, { method: 'POST' });
  return id;
}

async function peerCredentials(world: World): Promise<PeerCredentials> {
  const { entra, dataverse, xcart } = world.sandbox;
  return {
    dataverseCredential: await world.api.createCredential('oAuth2Api', 'Peer: Dataverse', {
      grantType: 'clientCredentials',
      accessTokenUrl: `${entra.url}/${entra.tenantId}/oauth2/v2.0/token`,
      clientId: entra.clientId,
      clientSecret: entra.clientSecret,
      scope: dataverse.scope,
      authentication: 'body',
    }),
    xcartCredential: await world.api.createCredential('httpHeaderAuth', 'Peer: X-Cart', {
      name: 'X-Auth-Token',
      value: xcart.writeKey,
    }),
  };
}
