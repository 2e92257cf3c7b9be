import { describeEvents } from './events';

jest.setTimeout(600_000);

/** `npm run nightly` tells of 1,000 orders in each shop, and sends 10,000 bodies that hold none. */
describeEvents({ events: 100, malformed: 150 });
