import type { IDataObject, INodeParameters, INodePropertyOptions } from 'n8n-workflow';

import { ThreeDCartApi } from '../../credentials/ThreeDCartApi.credentials';
import { CommerceMap } from '../../nodes/CommerceMap/CommerceMap.node';
import { ThreeDCart } from '../../nodes/ThreeDCart/ThreeDCart.node';
import { ThreeDCartTrigger } from '../../nodes/ThreeDCartTrigger/ThreeDCartTrigger.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { doorsOf } from '../../scripts/n8n/doors';
import { editorContext, runNode } from '../engine';
import { publish } from '../support/trigger';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});

afterAll(async () => await sandbox.stop());

test('the drop-downs of statuses and of the events of webhooks are those of the store', async () => {
  const node = new ThreeDCart();
  const context = editorContext({
    nodeType: node,
    parameters: {},
    credentialTypes: [new ThreeDCartApi()],
    credentials: { threeDCartApi: { ...sandbox.credentials.threeDCartApi?.data } },
  });
  const load = async (name: 'getOrderStatuses' | 'getWebhookEvents') =>
    (await node.methods.loadOptions[name]?.call(context)) as INodePropertyOptions[];
  const { store } = sandbox.services.threedcart;
  const events = store.events();
  expect(await load('getWebhookEvents')).toEqual(
    expect.arrayContaining(
      events.map(({ EventName: name, EventType: value }) => ({ name, value })),
    ) as INodePropertyOptions[],
  );
  expect(events.length).toBeGreaterThan(3);
  const statuses = (await load('getOrderStatuses')).map(({ name, value }) => [value, name]);
  const labels = [...store.statuses.values()].map(({ OrderStatusID: id, StatusText: label }) => [
    String(id),
    `${label} (${id})`,
  ]);
  expect(Object.fromEntries(statuses)).toEqual(Object.fromEntries(labels));
});

describe('a status that the merchant has renamed', () => {
  /** Custom 1 in every store. */
  const STATUS = 8;
  const NAME = 'Awaiting pick-up';

  const credential = () => ({ ...sandbox.credentials.threeDCartApi?.data });

  async function run(parameters: INodeParameters): Promise<IDataObject[]> {
    const ran = await runNode({
      nodeType: new ThreeDCart(),
      parameters: { resource: 'order', ...parameters },
      input: [{}],
      credentialTypes: [new ThreeDCartApi()],
      credentials: { threeDCartApi: credential() },
    });
    if (ran.error) throw ran.error;
    return ran.output(0);
  }

  async function routed(order: IDataObject, rows: INodeParameters[]): Promise<number> {
    const map = async (parameters: INodeParameters, input: IDataObject[]) =>
      await runNode({ nodeType: new CommerceMap(), parameters, input });
    const pair = { from: 'threedcart.order', to: 'dataverse.salesorder' };
    const mapped = await map({ operation: 'map', ...pair }, [order]);
    const ran = await map(
      { operation: 'route', ...pair, otherStatuses: { rows } },
      mapped.output(0),
    );
    return [0, 1, 2, 3].findIndex((output) => ran.output(output).length > 0);
  }

  let id = '';

  beforeAll(async () => {
    sandbox.reset('threedcart');
    const control = doorsOf(sandbox.control.url);
    const wish = { count: 2, orderStatus: STATUS, notify: false };
    const placed = await control<Array<{ id: string }>>('POST', '/threedcart/orders', wish);
    id = placed[0]?.id ?? '';
  });

  test('stands in the orders that the node reads and the trigger brings, and is no content of theirs', async () => {
    const [order = {}] = await run({ operation: 'get', order: { mode: 'id', value: id } });
    const lists = await Promise.all(
      [true, false].map(async (simplify) => await run({ operation: 'getAll', simplify })),
    );
    const trigger = publish({
      trigger: new ThreeDCartTrigger(),
      credentialType: new ThreeDCartApi(),
      credential: credential(),
      id: 'statuses',
    });
    const brought = (await trigger.poll('manual', undefined)) ?? [];
    const all = [order, ...lists.flat(), ...brought];
    expect(all).toHaveLength(7);
    expect(all.map(({ OrderStatusText: text }) => text)).toEqual(all.map(() => NAME));
    expect((order.source as IDataObject).volatile).toContain('OrderStatusText');
    // Once for all that is read within a minute; a list of twelve rows may go on, so that its end is asked for.
    const { threedcart } = sandbox.context.counters.snapshot();
    expect(threedcart?.byRoute).toMatchObject({ 'GET /3dCartWebAPI/v2/OrderStatus': 2 });
  });

  test.each([
    ['nothing is said of it', [], 3],
    ['a row has its name', [{ status: NAME, axis: 'any', action: 'write' }], 0],
    ['a row has its code', [{ status: String(STATUS), axis: 'any', action: 'write' }], 0],
    ['a row has the name that it had', [{ status: 'Custom 1', axis: 'any', action: 'write' }], 3],
  ])('decides what becomes of the order where %s', async (_, rows, way) => {
    const [order = {}] = await run({ operation: 'get', order: { mode: 'id', value: id } });
    expect(await routed(order, rows)).toBe(way);
  });
});
