import type { INode, IWebhookFunctions } from 'n8n-workflow';

import { ServiceError } from '../../../core/errors';
import type { DeltaFeed } from '../../../core/feeds/delta';
import { printOf } from '../../../core/feeds/deltaBook';
import { type DeliveredDelta, readDelivered } from './deliveredDelta';
import { endHandOver, handedOver, noteHandedOver } from './handedOver';

/** What becomes of single deliveries, with a service that a test makes up. */

interface Ware {
  id: string;
  text?: string;
  moved?: number;
}

const feed: DeltaFeed<Ware> = {
  type: {
    platform: 'depot',
    kind: 'ware',
    many: 'wares',
    idOf: ({ id }) => id,
    changedAt: ({ moved }) => moved,
    createdAt: () => undefined,
  },
  delta: {
    page: async () => await Promise.reject(new Error('not asked')),
    isForgotten: () => false,
    read: async () => [],
    latest: async () => [],
    versionOf: () => undefined,
    watched: ({ text }) => ({ text }),
    gone: (id) => ({ id }),
    withChange: (ware) => ware,
  },
};

let workflows = 0;
let context: IWebhookFunctions;
let there: Ware | undefined;

beforeEach(() => {
  workflows += 1;
  const id = `delivered ${workflows}`;
  context = {
    getNode: () => ({ id: 'trigger' }) as INode,
    getWorkflow: () => ({ id }),
  } as unknown as IWebhookFunctions;
  there = undefined;
});

type Event = 'created' | 'changed' | 'deleted';

/** As n8n accepts it; what was put out, or why nothing was. */
async function deliver(
  event: Event,
  ware: Ware,
  areOwn?: DeliveredDelta['areOwn'],
): Promise<object | string> {
  const read = await begin(event, ware, areOwn);
  if (read.met) endHandOver(context, ware.id, read.met);
  return outcomeOf(read);
}

const outcomeOf = (read: Awaited<ReturnType<typeof begin>>): object | string =>
  'record' in read ? read.record : String((read.reply.body as { reason?: string }).reason);

/** Before n8n has accepted it. */
async function begin(event: Event, ware: Ware, areOwn?: DeliveredDelta['areOwn']) {
  const hint = {
    event: `ware.${event}`,
    id: ware.id,
    ...(event !== 'deleted' && { record: ware }),
  };
  const get = async (): Promise<Ware> => {
    if (there) return await Promise.resolve(there);
    throw new ServiceError('There is none', { class: 'not-found' });
  };
  return await readDelivered({
    ...{ context, hint, get, event: `ware.${event}`, ...(areOwn && { areOwn }) },
    feed: feed as unknown as DeltaFeed<object>,
  });
}

it('hands over no update of a record that was deleted before it came', async () => {
  const ware = { id: 'a', text: 'new', moved: 1000 };
  expect(await deliver('deleted', { id: 'a' })).toEqual({ id: 'a' });
  expect(await deliver('changed', ware)).toBe('the ware is gone');
  there = { ...ware, text: 'made again' };
  expect(await deliver('created', ware)).toEqual(there);
});

describe('what n8n accepts later than what came behind it', () => {
  const SEEN = 'this content was handed over before';
  const former = { id: 'a', text: 'former', moved: 1000 };

  afterEach(() => jest.useRealTimers());

  /** Begins with the former content, lets more happen, and has the former accepted only then. */
  async function acceptLate(meanwhile: () => Promise<void>): Promise<void> {
    jest.useFakeTimers({ now: 5000 });
    const late = await begin('changed', former);
    jest.advanceTimersByTime(100);
    await meanwhile();
    jest.advanceTimersByTime(100);
    if (late.met) endHandOver(context, 'a', late.met);
  }

  it.each([
    ['in the same second', 1500],
    ['seconds later', 4000],
  ])('is not taken for what was met last (%s)', async (_when, moved) => {
    const latter = { id: 'a', text: 'latter', moved };
    await acceptLate(async () => {
      there = latter;
      expect(await deliver('changed', latter)).toEqual(latter);
    });
    expect(await deliver('changed', latter)).toBe(SEEN);
    // Set back afterwards, it is a change.
    there = { ...former, moved: 7000 };
    expect(await deliver('changed', there)).toEqual(there);
  });

  it('is not taken for it either where a poll has brought that', async () => {
    const latter = { id: 'a', text: 'latter', moved: 1500 };
    await acceptLate(async () => {
      const print = printOf({ text: latter.text });
      const met = { version: '', print, changedAt: latter.moved, seenAt: Date.now() };
      noteHandedOver(context, 'a', met, 'poll');
      await Promise.resolve();
    });
    there = latter;
    expect(await deliver('changed', latter)).toBe(SEEN);
  });

  it('is not taken for a record that is gone since', async () => {
    await acceptLate(async () => {
      expect(await deliver('deleted', { id: 'a' })).toEqual({ id: 'a' });
    });
    expect(handedOver(context, 'a')).toMatchObject({ isGone: true });
    expect(await deliver('deleted', { id: 'a' })).toBe(SEEN);
  });
});

it('asks of a deletion too whether it is its own, and lets the poll know that nobody was told', async () => {
  const asked: unknown[] = [];
  const areOwn: DeliveredDelta['areOwn'] = async (changes) => {
    asked.push(...changes.map(({ id, event }) => `${id} ${event}`));
    return await Promise.resolve(changes.map(() => true));
  };
  expect(await deliver('deleted', { id: 'a' }, areOwn)).toMatch(/^this package has written it/);
  expect(await deliver('changed', { id: 'b', text: 'own', moved: 1 }, areOwn)).toMatch(
    /^this pack/,
  );
  expect(asked).toEqual(['a ware.deleted', 'b ware.changed']);
  expect(handedOver(context, 'a')).toMatchObject({ isGone: true });
  for (const id of ['a', 'b']) expect(handedOver(context, id)).not.toHaveProperty('putOutAt');
});

it('remembers of a record that was put out that it was, also where the pack has written it since', async () => {
  await deliver('created', { id: 'a', text: 'theirs', moved: 1000 });
  const before = handedOver(context, 'a');
  await deliver('changed', { id: 'a', text: 'own', moved: 3000 }, async () => [true]);
  expect(before).toMatchObject({ isNew: true, putOutAt: expect.any(Number) });
  expect(handedOver(context, 'a')).toMatchObject({ isNew: true, putOutAt: before?.putOutAt });
});
