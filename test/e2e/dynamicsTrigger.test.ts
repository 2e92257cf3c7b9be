import { describeDynamicsTrigger } from './dynamicsTrigger';

jest.setTimeout(600_000);

/** `npm run nightly` tells of 1,000 events. */
describeDynamicsTrigger({ rows: 22, deleted: 10, lose: 0.1 });
