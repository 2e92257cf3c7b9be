import type { StoppedRecord } from '../../core/ledger/ledger';
import type { ShopOrder } from '../../sandbox/kit/shop';
import type { Row } from '../n8n/sandbox-control';
import { SHOP } from '../n8n/shop';
import { isSettled, type Settlement } from './orders';

const stopped = { error: { message: 'why' } } as StoppedRecord;
const there = { totalamount: 12.5, statecode: 0 };
const canceled = { totalamount: 12.5, statecode: 2 };

const settlement = (state: string, salesOrders: Row[], more: object = {}): Settlement => ({
  shop: SHOP,
  order: { id: '1', total: 12.5, state } as ShopOrder,
  salesOrders,
  ...more,
});

it.each([
  ['a paid order that is there', settlement('paid', [there]), true],
  ['a paid order that is missing', settlement('paid', []), false],
  ['a paid order that is still held', settlement('paid', [], { held: stopped }), false],
  ['a paid order of another total', settlement('paid', [{ ...there, totalamount: 12.49 }]), false],
  ['a paid order that was canceled', settlement('paid', [canceled]), false],
  ['an order that was called off', settlement('canceled', [canceled]), true],
  ['an order that was called off, and stands', settlement('canceled', [there]), false],
  ['an unpaid order that is held', settlement('unpaid', [], { held: stopped }), true],
  ['an unpaid order that is written', settlement('unpaid', [there]), false],
  ['a declined order of which nothing is known', settlement('declined', []), false],
  ['a dead letter', settlement('paid', [], { deadLetter: stopped }), true],
])('%s', (_what, one, isAsInTheShop) => {
  expect(isSettled(one)).toBe(isAsInTheShop);
});
