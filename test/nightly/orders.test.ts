import { checkOrders } from '../support/bookedOrders';

/** The same orders each night, so that a difference is of the code. */
test.each(['net', 'gross'] as const)(
  '10,000 orders of a shop come to their totals in Dynamics 365, with %s prices',
  (prices) => checkOrders(prices, { numRuns: 10_000, seed: 20_261_125 }),
);
