import { groupBy } from 'lodash';

import { HookList, type HookListOptions } from '../../test/support/hookList';
import { ServiceError } from '../errors';
import { createHooks, deleteHooks, type HookIds, repairHooks, type WantedHook } from './hooks';

const EVENTS = ['order.created', 'order.changed'];
const URL_OF_TRIGGER = 'https://n8n.example/webhook/w/t/toy';

/** What a process of n8n wants that has made a secret of its own. */
const wantedWith = (secret: string, isInAddress = false): WantedHook[] =>
  EVENTS.map((event) => ({
    event,
    secret,
    url: isInAddress ? `${URL_OF_TRIGGER}?event=${event}&key=${secret}` : URL_OF_TRIGGER,
  }));

const eventsIn = ({ hooks }: HookList): string[] => hooks.map(({ event }) => event).sort();
const secretsIn = ({ hooks }: HookList): string[] => Object.keys(groupBy(hooks, 'secret'));
const sorted = [...EVENTS].sort();

/** Repeatable numbers from 0 to 1. */
function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return ((state >>> 8) % 10_007) / 10_007;
  };
}

/** Lets others go first, now more and now less. */
const waiting = (draw: () => number) => async (): Promise<void> => {
  for (let turns = Math.floor(draw() * 12); turns > 0; turns -= 1) await Promise.resolve();
};

/** Holds all who come until so many are there. */
function together(count: number): () => Promise<void> {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  let waitingFor = count;
  return async () => {
    waitingFor -= 1;
    if (waitingFor <= 0) open();
    await opened;
  };
}

const KINDS: Array<[string, HookListOptions]> = [
  ['counts, and shows no secret', {}],
  ['counts, and shows the secret in the address', { addressHoldsSecret: true, canUpdate: true }],
  [
    'names them at random, and shows no secret',
    { idOf: (number) => (Math.imul(number, 2_654_435_761) >>> 0).toString(16).padStart(8, '0') },
  ],
];

describe.each(KINDS)(
  'two processes that make the webhooks of a trigger, in a store that %s',
  (_, options) => {
    const isInAddress = options.addressHoldsSecret;

    /** Both have looked before either makes one; then they come between one another. */
    async function race(seed: number, secrets: [string, string]) {
      const list = new HookList({ ...options, wait: waiting(drawing(seed)) });
      const bothLooked = together(2);
      const outcomes = await Promise.allSettled(
        secrets.map(async (secret) => {
          const registry = list.registry();
          const { create } = registry;
          let isFirst = true;
          registry.create = async (hook) => {
            if (isFirst) await bothLooked();
            isFirst = false;
            return await create(hook);
          };
          return await createHooks(registry, wantedWith(secret, isInAddress), {});
        }),
      );
      return { list, outcomes };
    }

    it('leave one of each, with the secret of one who knows that', async () => {
      for (let seed = 1; seed <= 300; seed += 1) {
        const { list, outcomes } = await race(seed, ['one', 'other']);
        expect({ seed, events: eventsIn(list) }).toEqual({ seed, events: sorted });
        const winners = ['one', 'other'].filter(
          (__, index) => outcomes[index]?.status === 'fulfilled',
        );
        expect(secretsIn(list)).toHaveLength(1);
        // Ids that do not grow may let a later one go first, where the earlier one has ended already.
        expect(winners).toEqual(
          options.idOf ? expect.arrayContaining(secretsIn(list)) : secretsIn(list),
        );
        const losers = outcomes.filter(({ status }) => status === 'rejected');
        for (const loser of losers) {
          expect(loser).toMatchObject({
            reason: { fix: expect.stringContaining('Publish') as string },
          });
        }
      }
    });

    it('leave one of each where both know the same secret', async () => {
      for (let seed = 1; seed <= 300; seed += 1) {
        const { list, outcomes } = await race(seed, ['same', 'same']);
        expect({ seed, events: eventsIn(list) }).toEqual({ seed, events: sorted });
        expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
      }
    });

    it.each([
      ['at the first', 'order.created'],
      ['after one was made', 'order.changed'],
    ])('leave those of the one that stand where the other fails %s', async (__, failing) => {
      const list = new HookList(options);
      const registry = list.registry();
      let known: HookIds | undefined;
      registry.list = async () => {
        const shown = await list.registry().list();
        // Only now, so that the first look has shown nothing.
        known ??= await createHooks(list.registry(), wantedWith('one', isInAddress), {});
        return shown;
      };
      const { create } = registry;
      registry.create = async (hook) => {
        const id = await create(hook);
        if (hook.event !== failing) return id;
        throw new ServiceError('No answer', { class: 'transient' });
      };
      const failed = createHooks(registry, wantedWith('other', isInAddress), {});
      await expect(failed).rejects.toThrow('No answer');
      expect(list.hooks.map(({ id }) => id)).toEqual(Object.values(known ?? {}));
    });

    it('leave those of the one that was quicker than a request of the other that is refused', async () => {
      const list = new HookList(options);
      let known: HookIds = {};
      const registry = list.registry();
      registry.create = async () => {
        known = await createHooks(list.registry(), wantedWith('one', isInAddress), {});
        throw new ServiceError('It is full', { class: 'validation', status: 400 });
      };
      const failed = createHooks(registry, wantedWith('one', isInAddress), {});
      await expect(failed).rejects.toThrow('It is full');
      expect(list.hooks.map(({ id }) => id)).toEqual(Object.values(known));
    });

    it('one after the other leave one of each, with the secret of the later one', async () => {
      const list = new HookList(options);
      await createHooks(list.registry(), wantedWith('one', isInAddress), {});
      await createHooks(list.registry(), wantedWith('other', isInAddress), {});
      expect([eventsIn(list), secretsIn(list)]).toEqual([sorted, ['other']]);
    });
  },
);

describe('webhooks that are made', () => {
  let list: HookList;
  const wanted = wantedWith('s');

  beforeEach(() => {
    list = new HookList();
  });

  it('are made once where they are asked for again, without a look before', async () => {
    const ids = await createHooks(list.registry(), wanted, {});
    expect(await createHooks(list.registry(), wanted, ids)).toEqual(ids);
    expect(eventsIn(list)).toEqual(sorted);
  });

  it.each(['create order.created', 'create order.changed'])(
    'leave nothing behind where an answer is lost (%s), and are made once when that is repeated',
    async (lost) => {
      list.loses = (what) =>
        what === lost ? new ServiceError('No answer came', { class: 'transient' }) : undefined;
      await expect(createHooks(list.registry(), wanted, {})).rejects.toThrow('No answer came');
      expect(list.hooks).toEqual([]);
      list.loses = undefined;
      await createHooks(list.registry(), wanted, {});
      expect(eventsIn(list)).toEqual(sorted);
    },
  );

  it('leave alone those that stand where an answer is lost', async () => {
    const [one] = wanted;
    const known: HookIds = one ? await createHooks(list.registry(), [one], {}) : {};
    list.loses = (what) =>
      what.startsWith('create') ? new ServiceError('No answer', { class: 'transient' }) : undefined;
    await expect(createHooks(list.registry(), wanted, known)).rejects.toThrow('No answer');
    expect(list.hooks.map(({ id }) => ({ 'order.created': id }))).toEqual([known]);
  });

  it('take the place of those of ours that a service made twice of one request, not of those of others', async () => {
    const registry = list.registry();
    const { create } = registry;
    registry.create = async (hook) => {
      const id = await create(hook);
      list.add(hook);
      return id;
    };
    const other = list.add({ event: 'order.created', url: 'https://n8n.example/else', secret: '' });
    const ids = await createHooks(registry, wanted, {});
    expect(list.hooks.map(({ id }) => id)).toEqual([other, ...Object.values(ids)]);
  });

  it('are deleted with all that leads to the trigger, known or not, and no other', async () => {
    const ids = await createHooks(list.registry(), wanted, {});
    list.add({ event: 'order.created', url: `${URL_OF_TRIGGER}?key=lost`, secret: 'lost' });
    const other = list.add({ event: 'order.created', url: 'https://n8n.example/else', secret: '' });
    await deleteHooks(list.registry(), { ...ids, 'order.gone': '99' }, URL_OF_TRIGGER);
    expect(list.hooks.map(({ id }) => id)).toEqual([other]);
  });
});

describe.each([true, false])(
  'a webhook that tells otherwise than is wanted (update: %s)',
  (canUpdate) => {
    it('is repaired, or deleted to be made again, and the others are left alone', async () => {
      const list = new HookList({ canUpdate });
      const wanted = wantedWith('s');
      const known = Object.fromEntries(wanted.map((hook) => [hook.event, list.add(hook)]));
      list.hooks[0] = { ...list.hooks[0]!, isOutdated: true };
      const standing = await repairHooks(list.registry(), wanted, known);
      const { [EVENTS[0]!]: _outdated, ...others } = known;
      expect(list.asked).toEqual(['list', canUpdate ? 'update 1' : 'delete 1']);
      expect(standing).toEqual(canUpdate ? known : others);
    });
  },
);
