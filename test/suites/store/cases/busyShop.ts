import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { drain } from '../items';
import { maxOption } from '../kinds';
import { MINUTE, type Rig, SECOND } from '../rig';
import { expectComplete } from './complete';

const CHANGES = ['place', 'late', 'change', 'remove'] as const;

interface Step {
  what: (typeof CHANGES)[number] | 'poll' | 'restart';
  /** What happens while a poll reads. */
  during?: (typeof CHANGES)[number];
  which: number;
  count: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(...CHANGES, 'poll', 'restart'),
  during: fc.option(fc.constantFrom(...CHANGES), { nil: undefined }),
  which: fc.nat({ max: 1000 }),
  count: fc.integer({ min: 1, max: 12 }),
});

/** What the staff and the customers of a shop do to its orders; knows those that live. */
class BusyShop {
  living: string[] = [];

  constructor(private readonly rig: Rig) {}

  async do(what: (typeof CHANGES)[number], { which, count }: Step): Promise<void> {
    const { shop, now } = this.rig;
    const id = this.living[which % this.living.length];
    if (what === 'place') this.living.push(...(await shop.place(count)));
    else if (what === 'late') {
      this.living.push(...(await shop.place(count, { at: now() - (which % 240) * SECOND })));
    } else if (id === undefined) return;
    else if (what === 'change') await shop.change(id);
    else {
      await shop.remove(id);
      this.living = this.living.filter((each) => each !== id);
    }
  }
}

/** Everything at once: no order may be lost, whatever happens between the polls and while they read. */
export function describeBusyShop(rig: Rig): void {
  // Without look backs, which would find what a poll has lost.
  const parameters = { options: { ...maxOption(rig.followed, 30), catchUpHours: 0 } };

  async function live(steps: Step[]): Promise<void> {
    await rig.shop.reset();
    let trigger = rig.start(parameters);
    await trigger.poll();
    const shop = new BusyShop(rig);
    // More than one request brings, all in the stretch that is read again and again.
    const begun = { at: rig.now() - 2 * MINUTE, everySeconds: 1 };
    shop.living = await rig.shop.place(rig.service.pageSize + 10, begun);
    const put: IDataObject[] = [];
    for (const each of steps) {
      rig.pass(7 * SECOND);
      if (each.what === 'restart') trigger = rig.restart(trigger, parameters);
      if (each.what !== 'poll' && each.what !== 'restart') await shop.do(each.what, each);
      else {
        rig.gateway.reset();
        rig.gateway.after = async (_, number) => {
          if (number === 1 && each.during) await shop.do(each.during, each);
        };
        put.push(...((await trigger.poll()) ?? []));
      }
    }
    rig.gateway.reset();
    put.push(...(await drain(trigger)));
    await expectComplete(rig, shop.living, put);
  }

  describe('a busy shop', () => {
    it('loses no order and no change', async () => {
      const steps = fc.array(step, { minLength: 10, maxLength: 30 });
      await fc.assert(fc.asyncProperty(steps, live), { numRuns: 3 });
    });
  });
}
