import type { IPollFunctions } from 'n8n-workflow';

import { hookedShopTrigger, Shop, webhook } from '../../../test/support/hookedShop';
import { pollStore } from './poll';

const DAY = 24 * 3_600_000;
const realNow = Date.now;

let said: string[];
let ahead: number;

beforeEach(() => {
  said = [];
  ahead = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => realNow() + ahead);
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** As much of n8n as a poll sees that has nothing to ask. */
const contextOf = (workflow: string, receiveBy: string) =>
  ({
    getMode: () => 'trigger',
    getActivationMode: () => 'update',
    getNode: () => ({ name: 'Changed rows' }),
    getWorkflow: () => ({ id: workflow, name: 'Back to the shop' }),
    getNodeParameter: (name: string, fallback: unknown) =>
      name === 'receiveBy' ? receiveBy : fallback,
    logger: { warn: (text: string) => said.push(text) },
  }) as unknown as IPollFunctions;

/** How often it was said after each of the polls, which are so many days behind the first one. */
async function countsOf(workflow: string, sendsAgain: boolean): Promise<number[]> {
  const definition = {
    ...hookedShopTrigger(() => new Shop()),
    webhook: { ...webhook, sendsAgain },
  };
  const counts: number[] = [];
  for (const days of [0, 0.9, 1.1, 1.9, 2.2]) {
    ahead = days * DAY;
    await pollStore(contextOf(workflow, 'webhook'), definition);
    counts.push(said.length);
  }
  return counts;
}

test('by webhook alone, what the sender does not send again is said to be lost, once a day', async () => {
  expect(await countsOf('lost', false)).toEqual([1, 1, 2, 2, 3]);
  expect(said[0]).toBe(
    '"Changed rows" of the workflow "Back to the shop" receives by webhook alone. What the shop cannot deliver, such as while n8n is restarted, is lost: it is not sent again, and no poll looks for it. Set Receive Orders By to Webhook and Poll, so that none of the orders is missed.',
  );
});

test('nothing is said of a sender that sends again what was refused', async () => {
  expect(await countsOf('kept', true)).toEqual([0, 0, 0, 0, 0]);
});

test('each workflow says it for itself', async () => {
  await countsOf('one', false);
  said = [];
  await countsOf('other', false);
  expect(said).toHaveLength(3);
});
