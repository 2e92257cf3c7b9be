import { describeDynamicsTrigger } from '../e2e/dynamicsTrigger';

// An hour ends a test that hangs.
jest.setTimeout(3_600_000);

/** 1,000 events: 188 rows made and changed four times, and 60 of them deleted. */
describeDynamicsTrigger({ rows: 188, deleted: 60, lose: 0.05 });
