/** Webhooks of Dataverse at the sandbox, where a process ends half way, or two work at the same time. */
import { forgetMessageIds } from '../../core/dynamics/dataverse/webhooks';
import { ServiceError } from '../../core/errors';
import type { HookIds } from '../../core/webhooks/hooks';
import { type Hooked, startHooked, STEPS } from './hooked';

let hooked: Hooked;

beforeAll(async () => {
  hooked = await startHooked();
});

beforeEach(() => hooked.reset());

afterAll(async () => await hooked.stop());

const ALL = STEPS.map(({ event }) => event).sort();
const WHOLE = [1, 3, 3];

describe('a process that ends half way', () => {
  const dies = (): never => {
    throw new ServiceError('The process ended', { class: 'unknown' });
  };

  /** How many requests it takes to publish and to remove, beside what is there. */
  async function requests(): Promise<number> {
    forgetMessageIds();
    hooked.asked.length = 0;
    await hooked.remove(await hooked.publish());
    hooked.service.reset();
    const { length } = hooked.asked;
    hooked.asked.length = 0;
    return length;
  }

  it.each(['send', 'answer'] as const)(
    'leaves nothing that the next one does not find (no more after a %s)',
    async (when) => {
      await hooked.foreign();
      const all = await requests();
      let ended = 0;
      for (let last = 1; last <= all; last += 1) {
        hooked.service.reset();
        await hooked.foreign();
        forgetMessageIds();
        hooked.on[when] = (number) => {
          if (number >= last) dies();
        };
        try {
          await hooked.remove(await hooked.publish());
        } catch {
          ended += 1;
        }
        hooked.on[when] = undefined;
        const known = await hooked.publish();
        expect([last, Object.keys(known).sort(), hooked.counts()]).toEqual([last, ALL, [2, 4, 3]]);
        await hooked.remove(known);
        expect([last, hooked.counts()]).toEqual([last, [1, 1, 0]]);
      }
      expect(ended).toBe(all);
    },
  );

  it('cleans up where one request of it is refused', async () => {
    const all = await requests();
    let failed = 0;
    for (let bad = 1; bad <= all; bad += 1) {
      hooked.service.reset();
      forgetMessageIds();
      hooked.asked.length = 0;
      hooked.on.send = (number) => {
        if (number === bad) dies();
      };
      const publishing = await Promise.allSettled([hooked.publish()]);
      hooked.on.send = undefined;
      if (publishing[0]?.status !== 'rejected') continue;
      failed += 1;
      expect([bad, hooked.counts()]).toEqual([bad, [0, 0, 0]]);
    }
    expect(failed).toBeGreaterThan(5);
  });
});

describe('two processes', () => {
  const secretsThatWork = async (): Promise<string[]> => {
    await hooked.change();
    const works: string[] = [];
    for (const secret of ['one', 'other']) {
      const events = await hooked.events(secret);
      if (events.length > 0) works.push(secret);
      expect([0, 3]).toContain(events.length);
    }
    return works;
  };

  it.each([1, 2, 3])('at once leave one of each, with the secret of one (%i)', async () => {
    const both = await Promise.allSettled([
      hooked.publish({ secret: 'one' }),
      hooked.publish({ secret: 'other' }),
    ]);
    expect(both.map(({ status }) => status)).toContain('fulfilled');
    expect(hooked.counts()).toEqual(WHOLE);
    expect(await secretsThatWork()).toHaveLength(1);
  });

  it('of which one does all while the other waits leave one of each, or what the next check repairs', async () => {
    for (let at = 1; at <= 20; at += 1) {
      hooked.reset();
      let one: Promise<HookIds> | undefined;
      let hadSteps = false;
      hooked.on.send = async (number) => {
        if (number !== at || one) return;
        hadSteps = hooked.counts()[1] > 0;
        one = hooked.publish({ secret: 'one' });
        await one;
      };
      const [other] = await Promise.allSettled([hooked.publish({ secret: 'other' })]);
      hooked.on.send = undefined;
      const known = await one;
      // A step that has just been made by the one looks like a step of which n8n has forgotten the secret.
      if (!hadSteps) {
        expect([at, hooked.counts()]).toEqual([at, WHOLE]);
        const works = await secretsThatWork();
        const failed = other?.status === 'rejected';
        expect([at, works]).toEqual([at, failed ? ['one'] : works.slice(0, 1)]);
      }
      await hooked.publish({ known, secret: 'last' });
      expect([at, hooked.counts()]).toEqual([at, WHOLE]);
      if (!one) break;
    }
  });

  it('each have an endpoint of their own, so that the secret of the one is not put in the place of the other', async () => {
    for (let round = 1; round <= 6; round += 1) {
      // Ids go on, so that now the one is first among them and now the other.
      await hooked.remove();
      hooked.receiver.received.length = 0;
      let looks = 0;
      let one: Promise<HookIds> | undefined;
      hooked.on.send = async (number) => {
        if (hooked.asked[number - 1] === 'GET serviceendpoints') looks += 1;
        // The first look decides what is repaired, the second one is the last before anything is made.
        if (looks !== 2 || one) return;
        one = hooked.publish({ secret: 'one' });
        await one;
      };
      const [other] = await Promise.allSettled([hooked.publish({ secret: 'other' })]);
      await one;
      hooked.on.send = undefined;
      expect([round, hooked.counts()]).toEqual([round, WHOLE]);
      const stands = other?.status === 'rejected' ? 'one' : 'other';
      expect([round, await secretsThatWork()]).toEqual([round, [stands]]);
    }
  });
});
