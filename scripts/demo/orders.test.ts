import type { StoppedRecord } from '../../core/ledger/ledger';
import type { PlacedOrder, Row } from '../n8n/sandbox-control';
import { isSettled, type Settlement } from './orders';

const stopped = { error: { message: 'why' } } as StoppedRecord;
const there = { totalamount: 12.5, statecode: 0 };
const canceled = { totalamount: 12.5, statecode: 2 };

const settlement = (code: string, salesOrders: Row[], more: object = {}): Settlement => ({
  order: { id: 1, total: 12.5, payment_status: { code } } as unknown as PlacedOrder,
  salesOrders,
  ...more,
});

it.each([
  ['a paid order that is there', settlement('P', [there]), true],
  ['a paid order that is missing', settlement('P', []), false],
  ['a paid order that is still held', settlement('P', [], { held: stopped }), false],
  ['a paid order of another total', settlement('P', [{ ...there, totalamount: 12.49 }]), false],
  ['a paid order that was canceled', settlement('P', [canceled]), false],
  ['an order that was called off', settlement('C', [canceled]), true],
  ['an order that was called off, and stands', settlement('C', [there]), false],
  ['an unpaid order that is held', settlement('Q', [], { held: stopped }), true],
  ['an unpaid order that is written', settlement('Q', [there]), false],
  ['a declined order of which nothing is known', settlement('D', []), false],
  ['a dead letter', settlement('P', [], { deadLetter: stopped }), true],
])('%s', (_what, one, isAsInTheShop) => {
  expect(isSettled(one)).toBe(isAsInTheShop);
});
