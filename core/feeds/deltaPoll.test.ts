import { ServiceError } from '../errors';
import type { DeltaFeed } from './delta';
import { type DeltaOptions, readDelta } from './deltaPoll';
import { beginTracking, type HandedOver, type Tracked } from './tracked';

/** A made-up service that keeps a trail of its changes, which a test changes while it is read. */

interface Ware {
  id: string;
  text: string;
  colour?: string;
  made: number;
  /** Left out: it does not say when it was changed. */
  moved?: number;
  version: number;
  changed?: readonly string[];
}

const FORGOTTEN = new ServiceError('The change token has expired', {
  class: 'validation',
  code: 'expired',
});

class Depot {
  wares = new Map<string, Ware>();
  graves = new Map<string, number>();
  version = 0;
  pageSize = 3;
  requests: string[] = [];
  watched: ReadonlyArray<keyof Ware> = ['text'];
  forgetBefore = 0;
  /** A reading ends with what there is when its last page is read, and not when its first one is. */
  endsLate = false;
  /** What happens before records are read. */
  beforeRead?: () => void;
  /** What happens after that, once. */
  afterRead?: () => void;
  /** What the records that the last poll has put out say. */
  texts: string[] = [];
  tracked: Tracked;

  constructor(reading: 'baseline' | 'everything' = 'baseline') {
    this.tracked = beginTracking('depot', reading);
  }

  put(id: string, text: string, more: Partial<Ware> = {}): void {
    const before = this.wares.get(id);
    this.version += 1;
    const made = before?.made ?? Date.now();
    this.wares.set(id, { ...before, id, text, made, ...more, version: this.version });
  }

  remove(id: string): void {
    this.version += 1;
    this.wares.delete(id);
    this.graves.set(id, this.version);
  }

  private readonly feed: DeltaFeed<Ware> = {
    type: {
      platform: 'depot',
      kind: 'ware',
      many: 'wares',
      idOf: ({ id }) => id,
      changedAt: ({ moved }) => moved,
      createdAt: ({ made }) => made,
    },
    delta: {
      page: async (from = '0 0') => {
        const [since = 0, after = 0, until = this.version] = from.split(' ').map(Number);
        this.requests.push(`page ${from}`);
        if (since > 0 && since < this.forgetBefore) throw FORGOTTEN;
        const all = [
          ...[...this.wares.values()].map(({ id, version }) => ({ id, version, isGone: false })),
          ...(since === 0 ? [] : [...this.graves]).map(([id, version]) => ({
            id,
            version,
            isGone: true,
          })),
        ]
          .filter(({ version }) => version > Math.max(since, after) && version <= until)
          .sort((one, other) => one.version - other.version);
        const shown = all.slice(0, this.pageSize);
        const isLast = all.length <= this.pageSize;
        return {
          changed: shown
            .filter(({ isGone }) => !isGone)
            .map(({ id, version }) => ({ id, version: String(version) })),
          deleted: shown.filter(({ isGone }) => isGone).map(({ id }) => id),
          next: isLast
            ? `${until} 0`
            : `${since} ${shown.at(-1)?.version ?? 0}${this.endsLate ? '' : ` ${until}`}`,
          isLast,
          askedAt: Date.now(),
        };
      },
      isForgotten: ({ code }) => code === 'expired',
      read: async (ids) => {
        this.beforeRead?.();
        this.requests.push(`read ${ids.join(' ')}`);
        const found = ids.flatMap((id) => this.wares.get(id) ?? []).map((ware) => ({ ...ware }));
        const { afterRead } = this;
        this.afterRead = undefined;
        afterRead?.();
        return found;
      },
      latest: async () => [],
      versionOf: ({ version }) => String(version),
      watched: (ware) => Object.fromEntries(this.watched.map((name) => [name, ware[name]])),
      gone: (id) => ({ id, text: '', made: 0, version: 0 }),
      withChange: (ware, changed) => ({ ...ware, changed }),
    },
  };

  async poll(options: Partial<DeltaOptions<Ware>> = {}): Promise<string[]> {
    const saved = JSON.parse(JSON.stringify(this.tracked)) as Tracked;
    const result = await readDelta(this.feed, saved, { max: 100, keepMs: 86_400_000, ...options });
    this.tracked = result.tracked;
    this.texts = result.changes.map(({ record }) => record.text);
    return result.changes.map(
      ({ record: { id, changed }, event, by }) =>
        `${id} ${event.split('.')[1] ?? ''}${changed ? ` ${changed.join('+')}` : ''}${by === event ? '' : ` by ${by ?? ''}`}`,
    );
  }
}

it('starts from now with what there is, and puts out none of it', async () => {
  const depot = new Depot();
  for (const id of ['a', 'b', 'c', 'd', 'e']) depot.put(id, 'old', { made: 1 });
  expect(await depot.poll()).toEqual([]);
  expect(depot.requests).toEqual(['page 0 0', 'page 0 3 5']);
  depot.put('b', 'new');
  depot.put('f', 'new');
  depot.remove('c');
  expect(await depot.poll()).toEqual(['b changed', 'f created', 'c deleted']);
  expect(await depot.poll()).toEqual([]);
});

it('takes for new what was made after it began, and not what was made just before', async () => {
  const depot = new Depot();
  depot.put('a', 'old');
  await depot.poll();
  depot.put('a', 'new');
  depot.put('b', 'new');
  expect(await depot.poll()).toEqual(['a changed', 'b created']);
});

it('puts out all there is where that is asked for, over as many polls as it takes', async () => {
  const depot = new Depot('everything');
  for (const id of ['a', 'b', 'c', 'd', 'e']) depot.put(id, 'old', { made: 1 });
  expect(await depot.poll({ max: 2 })).toEqual(['a created', 'b created']);
  depot.put('f', 'new');
  expect(await depot.poll({ max: 2 })).toEqual(['c created', 'd created']);
  expect(await depot.poll({ max: 2 })).toEqual(['e created', 'f created']);
  expect(await depot.poll({ max: 2 })).toEqual([]);
  expect(depot.requests.filter((each) => each.startsWith('read'))).toEqual([
    'read a b',
    'read c',
    'read d',
    'read e',
    'read f',
  ]);
});

it('stops when its time is up, and goes on from that page', async () => {
  const depot = new Depot();
  for (const id of ['a', 'b', 'c', 'd', 'e']) depot.put(id, 'old', { made: 1 });
  expect(await depot.poll({ deadline: Date.now() - 1 })).toEqual([]);
  expect(depot.requests).toEqual([]);
  await depot.poll();
  depot.put('a', 'new');
  const late = await depot.poll({ deadline: Date.now() - 1 });
  expect([late, await depot.poll()]).toEqual([[], ['a changed']]);
});

it('tells of nothing where nothing that is watched has changed, once it knows the record', async () => {
  const depot = new Depot();
  depot.watched = ['colour', 'text'];
  depot.put('a', 'old', { made: 1 });
  await depot.poll();
  depot.put('a', 'old', { made: 2 });
  expect(await depot.poll()).toEqual(['a changed']);
  depot.put('a', 'old', { made: 3 });
  expect(await depot.poll()).toEqual([]);
  depot.put('a', 'old', { colour: 'red' });
  expect(await depot.poll()).toEqual(['a changed colour']);
  depot.watched = ['text'];
  depot.put('a', 'old', { colour: 'blue' });
  expect(await depot.poll()).toEqual(['a changed']);
});

it('brings what came and went in between as gone, and no error where a record goes before it is read', async () => {
  const depot = new Depot();
  depot.put('a', 'old', { made: 1 });
  await depot.poll();
  depot.put('b', 'new');
  depot.remove('b');
  expect(await depot.poll()).toEqual(['b deleted']);
  depot.put('c', 'new');
  depot.beforeRead = () => depot.wares.has('c') && depot.remove('c');
  expect(await depot.poll()).toEqual([]);
  expect(await depot.poll()).toEqual(['c deleted']);
});

it('reads a record that changes before it is read once', async () => {
  const depot = new Depot();
  depot.put('a', 'old', { made: 1 });
  await depot.poll();
  depot.put('a', 'new');
  depot.beforeRead = () => {
    depot.beforeRead = undefined;
    depot.put('a', 'newest');
  };
  expect(await depot.poll()).toEqual(['a changed']);
  expect(await depot.poll()).toEqual([]);
  expect(depot.requests.at(-1)).toMatch(/^page/);
});

it('reads all once more where the service has forgotten, says so, and leaves out what it knows', async () => {
  const depot = new Depot();
  depot.put('a', 'old', { made: 1 });
  depot.put('b', 'old', { made: 1 });
  await depot.poll();
  depot.put('a', 'known', { made: 1 });
  await depot.poll();
  depot.put('b', 'changed', { made: 1 });
  depot.forgetBefore = 100;
  const told: string[] = [];
  expect(await depot.poll({ onForgotten: ({ message }) => told.push(message) })).toEqual([
    'b changed by resync',
  ]);
  expect(told).toEqual(['The change token has expired']);
  depot.forgetBefore = 0;
  depot.put('b', 'again');
  expect(await depot.poll()).toEqual(['b changed text']);
});

it('leaves out what a webhook has handed over, and is not chosen', async () => {
  const depot = new Depot();
  depot.put('a', 'old', { made: 1 });
  await depot.poll();
  depot.put('a', 'new');
  const handedOver = { version: String(depot.version), print: '' };
  expect(await depot.poll({ handedOver: () => handedOver })).toEqual([]);
  expect(depot.requests.at(-1)).toMatch(/^page/);
  depot.put('a', 'newer');
  depot.remove('b');
  expect(await depot.poll({ handedOver: () => handedOver, events: ['ware.deleted'] })).toEqual([
    'b deleted',
  ]);
});

it('leaves out what the pack has written, and tells what follows it', async () => {
  const depot = new Depot();
  depot.put('a', 'old', { made: 1 });
  await depot.poll();
  depot.put('a', 'own');
  const asked: unknown[] = [];
  const areOwn: DeltaOptions<Ware>['areOwn'] = async (changes) => {
    asked.push(...changes.map(({ id, names, event }) => ({ id, names, event })));
    return changes.map(({ record }) => record?.text === 'own');
  };
  expect(await depot.poll({ areOwn })).toEqual([]);
  depot.put('a', 'theirs');
  expect(await depot.poll({ areOwn })).toEqual(['a changed text']);
  expect(asked).toEqual([
    { id: 'a', names: undefined, event: 'ware.changed' },
    { id: 'a', names: ['text'], event: 'ware.changed' },
  ]);
});

it('puts out again what it has put out since a moment, what is gone too, behind what is new', async () => {
  const depot = new Depot();
  depot.put('a', 'old', { made: 1 });
  depot.put('b', 'old', { made: 1 });
  depot.put('c', 'old', { made: 1 });
  await depot.poll();
  depot.put('a', 'new');
  depot.remove('b');
  expect(await depot.poll()).toEqual(['a changed', 'b deleted']);
  depot.put('c', 'new');
  const againSince = Date.now() - 60_000;
  expect(await depot.poll({ againSince, max: 2 })).toEqual(['c changed', 'a changed']);
  depot.put('d', 'new');
  expect(await depot.poll()).toEqual(['d created', 'b deleted']);
  expect(await depot.poll({ againSince: Date.now() + 60_000 })).toEqual([]);
});

it('puts out once what it reads twice in a poll, as it is at the end: new, with all that has changed', async () => {
  const depot = new Depot();
  depot.watched = ['colour', 'text'];
  depot.endsLate = true;
  depot.put('a', 'old', { made: 1 });
  await depot.poll();
  depot.put('a', 'known');
  expect(await depot.poll()).toEqual(['a changed']);
  depot.put('a', 'newer');
  for (const id of ['b', 'c', 'd']) depot.put(id, 'new');
  depot.afterRead = () => {
    depot.put('a', 'newer', { colour: 'red' });
    depot.put('b', 'newest');
    depot.remove('c');
  };
  expect(await depot.poll()).toEqual([
    'a changed text+colour',
    'b created',
    'c deleted',
    'd created',
  ]);
  expect(depot.texts).toEqual(['newer', 'newest', '', 'new']);
  expect(await depot.poll()).toEqual([]);
});

const DAY_MS = 86_400_000;

it('leaves out what has not changed for longer than the service has forgotten, though nothing is known of it', async () => {
  const depot = new Depot();
  const lastYear = { made: 1, moved: Date.now() - 365 * DAY_MS };
  for (let ware = 0; ware < 2001; ware += 1) depot.put(`w${ware}`, 'old', lastYear);
  depot.pageSize = 5000;
  await depot.poll();
  depot.put('w0', 'changed', { moved: Date.now() });
  depot.forgetBefore = 10_000;
  expect(await depot.poll({ max: 5000 })).toEqual(['w0 changed by resync']);
  depot.forgetBefore = 0;
  expect(await depot.poll()).toEqual([]);
  depot.put('w1', 'changed', { moved: Date.now() });
  expect(await depot.poll()).toEqual(['w1 changed text']);
});

it('looks back at what was put out as new where nothing else is chosen, as new', async () => {
  const depot = new Depot();
  await depot.poll();
  const events = ['ware.created'];
  depot.put('a', 'new');
  expect(await depot.poll({ events })).toEqual(['a created']);
  depot.put('a', 'changed');
  expect(await depot.poll({ events })).toEqual([]);
  const againSince = Date.now() - 60_000;
  expect(await depot.poll({ events, againSince })).toEqual(['a created']);
  expect(depot.texts).toEqual(['changed']);
});

it('looks back at what a webhook has put out, also deletions, and not at what the pack has written', async () => {
  const depot = new Depot();
  for (const id of ['a', 'b', 'c', 'd', 'e']) depot.put(id, 'old', { made: 1 });
  await depot.poll();
  const putOutAt = Date.now();
  const isGone = true as const;
  depot.put('a', 'told');
  const told = { version: String(depot.version), print: '', isNew: true as const, putOutAt };
  depot.put('b', 'own');
  const own = { version: String(depot.version), print: '' };
  depot.remove('c');
  depot.remove('d');
  depot.put('e', 'told');
  const toldBefore = { version: String(depot.version), print: '', putOutAt };
  depot.put('e', 'own');
  const handed = new Map<string, HandedOver>(
    Object.entries({
      ...{ a: told, b: own, e: toldBefore },
      c: { version: '', print: '', isGone, putOutAt },
      d: { version: '', print: '', isGone },
    }),
  );
  const handedOver = (id: string): HandedOver | undefined => handed.get(id);
  const areOwn: DeltaOptions<Ware>['areOwn'] = async (changes) =>
    changes.map(({ record }) => record?.text === 'own');
  expect(await depot.poll({ handedOver, areOwn })).toEqual([]);
  expect(await depot.poll({ againSince: Date.now() - 60_000 })).toEqual([
    'a created',
    'c deleted',
    'e changed',
  ]);
});
