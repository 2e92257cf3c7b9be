import { LIMITS, ServiceProtection, type Refusal, type Ticket } from './limits';
import { defaultSwitches } from './switches';
import { testService } from './test-service';

let seconds = 1000;
const now = (): Date => new Date(seconds * 1000);

beforeEach(() => {
  seconds = 1000;
});

const protection = (switches = {}): ServiceProtection =>
  new ServiceProtection(now, { ...defaultSwitches, ...switches });

const asTicket = (entered: Ticket | Refusal): Ticket => {
  if ('code' in entered) throw new Error(entered.message);
  return entered;
};

describe('limits', () => {
  it('let 6,000 requests through in 300 seconds and name the wait', () => {
    const limits = protection({ refusedRequestsCount: false });
    for (let count = 0; count < LIMITS.requests; count += 1) {
      if (count === 3000) seconds += 100;
      asTicket(limits.enter('app')).leave();
    }
    seconds += 50;
    expect(limits.enter('app')).toEqual({
      code: '0x80072322',
      message: 'Number of requests exceeded the limit of 6000 over time window of 300 seconds.',
      retryAfterSeconds: 150,
    });
    expect(limits.enter('other')).not.toHaveProperty('code');
    seconds += 149;
    expect(limits.enter('app')).toHaveProperty('code');
    seconds += 1;
    expect(limits.enter('app')).not.toHaveProperty('code');
  });

  it('let hammering extend the wait', () => {
    const limits = protection();
    for (let count = 0; count < LIMITS.requests; count += 1) asTicket(limits.enter('app')).leave();
    seconds += 100;
    for (let count = 0; count < 6000; count += 1) limits.enter('app');
    seconds += 200;
    expect(limits.enter('app')).toMatchObject({ retryAfterSeconds: 100 });
  });

  it('add up execution time', () => {
    const limits = protection();
    for (let count = 0; count < 40; count += 1) {
      const tickets = [limits.enter('app')].map(asTicket);
      seconds += 0;
      tickets.forEach((ticket) => ticket.leave());
    }
    const slow = Array.from({ length: 50 }, () => asTicket(limits.enter('app')));
    seconds += 25;
    slow.forEach((ticket) => ticket.leave());
    expect(limits.enter('app')).toMatchObject({ code: '0x80072321', retryAfterSeconds: 300 });
  });

  it('allow 52 requests at the same time', () => {
    const limits = protection();
    const open = Array.from({ length: LIMITS.concurrent }, () => asTicket(limits.enter('app')));
    expect(limits.enter('app')).toMatchObject({
      code: '0x80072326',
      message: 'Number of concurrent requests exceeded the limit of 52.',
    });
    open[0]?.leave();
    open[0]?.leave();
    expect(limits.enter('app')).not.toHaveProperty('code');
    expect(limits.enter('app')).toHaveProperty('code');
  });
});

describe('over HTTP', () => {
  it('show what is left, answer 429 with Retry-After, and can be switched off', async () => {
    const service = testService({}, now);
    const ask = (): ReturnType<typeof service.ask> => service.ask('GET', 'WhoAmI');
    const first = await ask();
    expect(first.headers['x-ms-ratelimit-burst-remaining-xrm-requests']).toBe('5999');
    expect(first.headers['x-ms-ratelimit-time-remaining-xrm-requests']).toBe('1200.00');
    for (let count = 1; count < LIMITS.requests; count += 1) await ask();
    const refused = await ask();
    expect(refused).toMatchObject({ status: 429, body: { error: { code: '0x80072322' } } });
    expect(refused.headers['retry-after']).toBe('300');
    expect(refused.headers).not.toHaveProperty('x-ms-ratelimit-burst-remaining-xrm-requests');
    service.context.faults.configure({ limits: { dataverse: false } });
    expect((await ask()).status).toBe(200);
    service.context.faults.clear();
    service.dataverse.reset();
    expect((await ask()).status).toBe(200);
    await service.dataverse.app.close();
  });
});
