import { describeEvents } from '../e2e/events';

// An hour ends a test that hangs: n8n takes some five orders a second on two cores, and a dozen bodies.
jest.setTimeout(3_600_000);

describeEvents({ events: 1_000, malformed: 10_000 });
