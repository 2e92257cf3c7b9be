import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { accounts, BAD_EVERY, upsertAccounts } from '../bench/bulkWrites/scenario';

const ROWS = 1_000;
const BAD = ROWS / BAD_EVERY;

/** Of one user at a time (Dataverse docs: api-limits). */
const CONCURRENT = 52;

/** The full size is `npm run bench -- bulk-writes`. */
describe('1,000 rows of which one in a hundred is bad', () => {
  const node = new Dynamics365();
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());
  beforeEach(() => sandbox.reset('dataverse'));

  test.each([
    ['converted by the node', 'auto'],
    ['sent as they are', 'never'],
  ])('are written but for those, which name column and reason, %s', async (_how, convert) => {
    const written = await upsertAccounts({ sandbox, node }, accounts(ROWS), { convert });
    expect(written).toMatchObject({
      outcomes: { created: ROWS - BAD },
      errors: BAD,
      unclear: [],
      stored: ROWS - BAD,
    });
    expect(written.mostInFlight).toBeLessThanOrEqual(CONCURRENT);
    expect(written.requests).toBeLessThanOrEqual(0.03 * ROWS);
  });

  test('are all written where the service lets few requests through, and none is refused for good', async () => {
    const { dataverse } = sandbox.services;
    dataverse.switches.limits = { ...dataverse.switches.limits, windowSeconds: 1, requests: 8 };
    const written = await upsertAccounts({ sandbox, node }, accounts(ROWS), { convert: 'never' });
    expect(written).toMatchObject({ outcomes: { created: ROWS - BAD }, errors: BAD, unclear: [] });
    expect(written.refused).toBeGreaterThan(0);
    expect(written.requests - written.refused).toBeLessThanOrEqual(0.03 * ROWS);
  });
});
