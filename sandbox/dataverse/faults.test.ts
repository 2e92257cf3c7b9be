import { LIMITS } from './limits';
import { BATCH_TYPE, batchBody, testService, type TestService } from './test-service';

let service: TestService;

beforeAll(() => {
  service = testService();
});

beforeEach(() => {
  service.context.faults.clear();
  service.dataverse.reset();
});

afterAll(() => service.dataverse.app.close());

const BATCH = batchBody([
  [
    { request: 'POST /api/data/v9.2/accounts', body: { name: 'A' } },
    { request: 'POST /api/data/v9.2/accounts', body: { name: 'B' } },
  ],
]);

const post = () => service.ask('POST', '$batch', BATCH, BATCH_TYPE);
const names = () => service.dataverse.rows('accounts')?.map(({ name }) => name);

it('an answer that never comes was committed', async () => {
  service.context.faults.configure({
    rules: [{ service: 'dataverse', kind: 'timeout-after-commit', holdMs: 50 }],
  });
  await expect(post()).rejects.toThrow();
  expect(names()).toEqual(['A', 'B']);
});

it.each(['reset', '503', '500', '429', 'unauthorized'] as const)(
  '%s comes before anything is written',
  async (kind) => {
    service.context.faults.configure({ rules: [{ service: 'dataverse', kind, times: 1 }] });
    await post().catch(() => undefined);
    expect(names()).toEqual([]);
    expect((await post()).status).toBe(200);
    expect(names()).toEqual(['A', 'B']);
  },
);

it('a broken connection and a held answer give their places back', async () => {
  const kinds = ['reset', 'timeout-after-commit'] as const;
  for (const kind of kinds) {
    const rule = { service: 'dataverse', kind, times: LIMITS.concurrent, holdMs: 20 } as const;
    service.context.faults.configure({ rules: [rule] });
    const lost = Array.from({ length: LIMITS.concurrent }, () =>
      service.ask('GET', 'WhoAmI').catch(() => undefined),
    );
    await Promise.all(lost);
    expect((await service.ask('GET', 'WhoAmI')).status).toBe(200);
  }
});

it('the same seed fails at the same requests', async () => {
  const run = async (): Promise<number[]> => {
    service.context.faults.configure({
      seed: 11,
      rules: [{ service: 'dataverse', kind: '503', probability: 0.3 }],
    });
    const seen: number[] = [];
    for (let index = 0; index < 30; index += 1) {
      seen.push((await service.ask('GET', 'WhoAmI')).status);
    }
    return seen;
  };
  const first = await run();
  expect(new Set(first)).toEqual(new Set([200, 503]));
  expect(await run()).toEqual(first);
});
