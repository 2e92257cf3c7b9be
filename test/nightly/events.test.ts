import { describeEvents } from '../e2e/events';

jest.setTimeout(1_200_000);

describeEvents({ events: 1_000, malformed: 10_000 });
