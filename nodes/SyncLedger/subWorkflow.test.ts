import { ledger, order, useOwnLedger } from '../../test/support/ledger';

/** Whether Claim only looks where another workflow calls this one, by what n8n says of that run. */

useOwnLedger();

const CALLED = { mode: 'integrated' } as const;

async function claimed(caller: object) {
  const run = await ledger('claim', [order('1')], {}, { ...CALLED, ...caller });
  const [statistics] = (await ledger('statistics', [{}])).output();
  return { item: run.output(0)[0], statistics };
}

test.each([{ calledFrom: 'manual' }, { waitedSince: 'manual' }] as const)(
  'a sub-workflow of a test run only looks: %j',
  async (caller) => {
    const { item, statistics } = await claimed(caller);
    expect(item).toMatchObject({ claim: { look: expect.any(String) as string } });
    expect(statistics).toMatchObject({ states: { in_flight: 0 } });
  },
);

test.each([
  { calledFrom: 'trigger' },
  { calledFrom: 'webhook' },
  { calledFrom: 'trigger', waitedSince: 'manual' },
  { waitedSince: 'trigger' },
  { waitedSince: 'integrated' },
  {},
] as const)('any other claims for real: %j', async (caller) => {
  const { item, statistics } = await claimed(caller);
  expect(item).toMatchObject({ claim: { token: expect.any(String) as string } });
  expect(statistics).toMatchObject({ states: { in_flight: 1 } });
});
