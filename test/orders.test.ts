import { checkOrders } from './support/bookedOrders';

/** `npm run nightly` tries 10,000. */
test.each(['net', 'gross'] as const)(
  'every order of a shop comes to its total in Dynamics 365, with %s prices',
  (prices) => checkOrders(prices, { numRuns: 300 }),
);
