/** Orders of each shop to Dynamics 365 and back, and then an hour in which everybody is asked for news every minute. */
import type { ICredentialType, IDataObject, INode, INodeType } from 'n8n-workflow';

import { ClarityApi } from '../../credentials/ClarityApi.credentials';
import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { ThreeDCartApi } from '../../credentials/ThreeDCartApi.credentials';
import { XCartApi } from '../../credentials/XCartApi.credentials';
import { ClarityTrigger } from '../../nodes/ClarityTrigger/ClarityTrigger.node';
import { Dynamics365Trigger } from '../../nodes/Dynamics365Trigger/Dynamics365Trigger.node';
import { ThreeDCartTrigger } from '../../nodes/ThreeDCartTrigger/ThreeDCartTrigger.node';
import { XCartTrigger } from '../../nodes/XCartTrigger/XCartTrigger.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { SandboxControl, type ShopName } from '../../scripts/n8n/sandbox-control';
import { salesOrderNameIn, type Shop, SHOPS } from '../../scripts/n8n/shop';
import { PAID_INVOICES, STATUS_AND_SHIPMENT } from '../../workflows/all';
import { NODES } from '../../workflows/templates/orderToCash';
import { writesOfDataverse, writesOfShop } from '../e2e/counted';
import { befall, expectedOf, fateOf, mostWrites, prepareTracking, saidOf } from '../e2e/fates';
import { DynamicsPerson } from '../e2e/person';
import { drain } from '../suites/store/items';
import { useOwnLedger } from '../support/ledger';
import { publish, type RunningTrigger } from '../support/trigger';
import { templateFlow, type TemplateFlow } from './template-on-sandbox';

jest.setTimeout(120_000);

const MINUTE = 60_000;
const MINUTES = 60;
/** Each fate of `fateOf` once. */
const ORDERS = 8;
const FAILED = 'Keep what failed';
const CLAIM = 'Claim each change once';

const TRIGGERS: Readonly<Record<ShopName, [INodeType, ICredentialType]>> = {
  xcart: [new XCartTrigger(), new XCartApi()],
  threedcart: [new ThreeDCartTrigger(), new ThreeDCartApi()],
  clarity: [new ClarityTrigger(), new ClarityApi()],
};

let sandbox: RunningSandbox;
let person: DynamicsPerson;
let passed = 0;

beforeAll(async () => {
  sandbox = await startSandbox({ now: () => new Date(Date.now()) });
  await control().setSwitches('threedcart', { requestsPerSecond: 0 });
  person = await DynamicsPerson.signIn({ sandbox });
  await prepareTracking(person);
});
afterAll(async () => await sandbox.stop());

beforeEach(() => {
  const realNow = Date.now.bind(Date);
  passed = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => realNow() + passed);
});
afterEach(() => jest.restoreAllMocks());

useOwnLedger();

const control = () => new SandboxControl(sandbox.control.url);

function published(
  [trigger, credentialType]: [INodeType, ICredentialType],
  parameters: INode['parameters'],
  id: string,
): RunningTrigger {
  const { data } = sandbox.credentials[credentialType.name] as { data: IDataObject };
  const credential = { ...data, requestsPerSecond: 1000 };
  return publish({
    ...{ trigger, credentialType, credential, id },
    parameters: { receiveBy: 'poll', ...parameters },
  });
}

/** A trigger, and what follows it. */
interface Flow {
  trigger: RunningTrigger;
  flow: TemplateFlow;
  claim: string;
}

function flowsOf(shop: Shop): [forward: Flow, ...back: Flow[]] {
  const { platform, name } = shop;
  const first = `Find ${name} order`;
  const back = [
    ...STATUS_AND_SHIPMENT.map((one) => ({ ...one, triggerOn: 'salesorder' })),
    ...PAID_INVOICES.map((one) => ({ ...one, triggerOn: 'invoice' })),
  ].filter(({ store }) => store.key === platform);
  return [
    {
      trigger: published(TRIGGERS[platform], {}, `${name} orders`),
      flow: templateFlow(sandbox, platform, {
        threeDCartApi: { requestsPerSecond: 1000 },
      }),
      claim: NODES.claim,
    },
    ...back.map(({ workflow: template, triggerOn }) => ({
      trigger: published(
        [new Dynamics365Trigger(), new DynamicsDataverseApi()],
        { triggerOn },
        `${name} ${triggerOn}`,
      ),
      flow: templateFlow(
        sandbox,
        platform,
        { threeDCartApi: { requestsPerSecond: 1000 } },
        { template, first },
      ),
      claim: CLAIM,
    })),
  ];
}

/** Asks for news, and does with it what the workflow does. Resolves with how much of it was claimed. */
async function turn({ trigger, flow, claim }: Flow): Promise<number> {
  const items = await drain(trigger);
  if (items.length === 0) return 0;
  const run = await flow.run(items);
  expect(run.json(FAILED).map(({ error }) => error)).toEqual([]);
  return run.json(claim, 0).length;
}

describe.each([...SHOPS.values()].map((shop) => [shop.name, shop] as const))(
  'orders of %s to cash and back',
  (_name, shop) => {
    const { platform } = shop;
    const staff = () => control().shop(platform);

    test('are told once, and nothing comes back within an hour on either side', async () => {
      const flows = flowsOf(shop);
      const [forward, ...back] = flows;
      for (const one of flows) await turn(one);

      const placed = await staff().place({ count: ORDERS, lines: 1, state: 'paid' });
      passed += MINUTE;
      expect(await turn(forward)).toBe(ORDERS);
      const rows = sandbox.services.dataverse.rows('salesorders') ?? [];
      const stories = placed.map((order, place) => {
        const row = rows.find(({ name }) => name === salesOrderNameIn(shop, order.number));
        const before = saidOf(sandbox, platform, order);
        return { order, id: String(row?.['salesorderid']), fate: fateOf(place), before };
      });
      // What order to cash has made is no change that has to be told.
      passed += MINUTE;
      for (const one of back) expect(await turn(one)).toBe(0);

      await control().resetCounts();
      for (const { fate, id, order } of stories) await befall(person, fate, id, order);
      passed += MINUTE;
      for (const one of back) await turn(one);
      const wrong = [];
      for (const { order, fate, before } of stories) {
        const said = saidOf(sandbox, platform, await staff().order(order.id));
        const expected = expectedOf(platform, fate, order, before);
        if (JSON.stringify(said) !== JSON.stringify(expected)) wrong.push({ fate, said, expected });
      }
      expect(wrong).toEqual([]);
      const told = writesOfShop(await control().counts(), platform);
      const fates = stories.map(({ fate }) => fate);
      expect(told.reduce((sum, [, count]) => sum + count, 0)).toBeLessThanOrEqual(
        mostWrites(platform, fates),
      );

      await control().resetCounts();
      for (let minute = 0; minute < MINUTES; minute += 1) {
        passed += MINUTE;
        for (const one of flows)
          expect({ minute, claimed: await turn(one) }).toEqual({ minute, claimed: 0 });
      }
      const counts = await control().counts();
      expect(writesOfShop(counts, platform)).toEqual([]);
      expect(writesOfDataverse(counts)).toEqual([]);
      expect(counts[platform].requests).toBeGreaterThanOrEqual(MINUTES);
      expect(counts.dataverse.requests).toBeGreaterThanOrEqual(MINUTES * back.length);

      // And whoever changes the order then is heard.
      await staff().change(placed[0]?.id ?? '');
      passed += MINUTE;
      expect(await drain(forward.trigger)).toHaveLength(1);
    });
  },
);
