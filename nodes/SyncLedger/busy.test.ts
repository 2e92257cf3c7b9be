import { ServiceError } from '../../core/errors';
import { systemClock } from '../../core/http/wait';
import { RecordLedger } from '../../core/ledger/recordLedger';
import { ledger, order, useOwnLedger } from '../../test/support/ledger';

useOwnLedger();

const FAILING_ITEMS = { onError: 'continueErrorOutput' } as const;

afterEach(() => jest.restoreAllMocks());

const waits = () => jest.spyOn(systemClock, 'sleep').mockResolvedValue();

const busyOnce = (method: 'claim' | 'complete' | 'fail') =>
  jest
    .spyOn(RecordLedger.prototype, method)
    .mockRejectedValueOnce(new ServiceError('locked', { class: 'transient' }));

const claimed = async (): Promise<object[]> => (await ledger('claim', [order('1')])).output(0);

test('Claim waits for a ledger that is busy, and claims once', async () => {
  const waited = waits();
  busyOnce('claim');
  expect(await claimed()).toMatchObject([{ claim: { outcome: 'new', attempt: 1 } }]);
  expect(waited).toHaveBeenCalledTimes(1);
});

test('Claim says at once that a store name means another shop', async () => {
  const waited = waits();
  const at = (address: string) => {
    const one = order('1');
    return { ...one, source: { ...one.source, address } };
  };
  await ledger('claim', [at('shop.example')]);
  const refused = await ledger('claim', [at('other.example')], {}, FAILING_ITEMS);
  expect(refused.output(2)).toMatchObject([
    { error: expect.stringContaining('already means the shop at shop.example') as string },
  ]);
  expect(waited).not.toHaveBeenCalled();
});

test.each([
  ['complete', { salesorder: { id: 'g' } }, 'done'],
  ['fail', { error: 'no', details: { class: 'validation' } }, 'dead'],
  ['hold', { state: { reason: 'unpaid' } }, 'held'],
] as const)('%s waits for it too', async (operation, more, state) => {
  const waited = waits();
  const items = (await claimed()).map((item) => ({ ...item, ...more }));
  busyOnce(operation === 'fail' ? 'fail' : 'complete');
  const { output } = await ledger(operation, items);
  expect(output()).toMatchObject([{ ledger: { state } }]);
  expect(waited).toHaveBeenCalledTimes(1);
});
