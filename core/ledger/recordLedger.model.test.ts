import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { omit } from 'lodash';

import { ERROR_CLASSES, type ErrorClass } from '../errors';
import { RecordLedger } from './recordLedger';
import { createSeal } from './seal';
import { SqliteStorage } from './sqlite/storage';

const KEYS = ['k1', 'k2'];
const LEASE = 1_000;
const ALL = { limit: 100 };

/** What must be true of the ledger, told without knowing how it works. */
interface Model {
  now: number;
  /** Newest content that the ledger took over, by key. */
  accepted: Map<string, number>;
  /** Who may believe to hold a record: its token, its content, and until when. */
  held: Map<
    string,
    { token: string; content: number; until: number; owner: number; byHand?: true }
  >;
  /** Who has given a record back, because a node was dry: another branch of that run may come to write it. */
  givenBack: Map<string, { token: string; content: number; owner: number }>;
  /** Contents that were completed or are dead, by key. */
  finished: Map<string, Set<number>>;
  /** Workers by number; a dead one is replaced by the next. */
  worker: number;
  contents: number;
}

interface Real {
  worker(number: number): RecordLedger;
  now: { value: number };
}

type Command = fc.AsyncCommand<Model, Real>;

const payload = (key: string, content: number) => ({ key, content, source: { id: key } });

async function claim(
  model: Model,
  real: Real,
  { key, content, isGivenBack = false }: { key: string; content: number; isGivenBack?: boolean },
): Promise<void> {
  const request = {
    flow: 'f',
    key,
    hash: `h${content}`,
    version: String(content),
    payload: payload(key, content),
  };
  const ledger = real.worker(model.worker);
  const [outcome] = await ledger.claim([request], { leaseMs: LEASE, isGivenBack });
  if (!outcome) throw new Error('no outcome');
  const holder = model.held.get(key);
  const isHeld = holder && holder.until > model.now && holder.owner === model.worker;
  if ('token' in outcome) {
    // The property: nobody else holds a live token for this key.
    expect(isHeld ? holder : undefined).toBeUndefined();
    const until = model.now + LEASE;
    model.held.set(key, { token: outcome.token, content, until, owner: model.worker });
  }
  const newest = model.accepted.get(key) ?? -1;
  if (outcome.outcome !== 'stale') model.accepted.set(key, Math.max(newest, content));
  else expect(newest).toBeGreaterThan(content);
  if (outcome.outcome === 'unchanged' || outcome.outcome === 'dead') {
    const last = model.finished.get(key) ?? new Set();
    if (outcome.outcome === 'unchanged') expect(last.has(content)).toBe(true);
    else last.add(content);
    model.finished.set(key, last);
  }
}

class ClaimContent implements Command {
  constructor(
    readonly key: string,
    readonly back: number,
    /** Whether a node behind the claim is seen to be dry. */
    readonly isGivenBack: boolean,
  ) {}
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    model.contents += 1;
    const { key, isGivenBack } = this;
    await claim(model, real, {
      key,
      content: Math.max(1, model.contents - this.back),
      isGivenBack,
    });
  }
  toString = () => `claim(${this.key}, -${this.back}, ${this.isGivenBack})`;
}

/** A dry node was on the way: nothing was written, and nothing may be lost. */
class GiveBack implements Command {
  constructor(readonly key: string) {}
  check = (model: Readonly<Model>) => model.held.has(this.key);
  async run(model: Model, real: Real): Promise<void> {
    const held = model.held.get(this.key);
    if (!held) return;
    const [settlement] = await real.worker(model.worker).giveBack([held.token]);
    expect(
      held.byHand ? ['given-back', 'lost-lease'] : ['retry', 'superseded', 'lost-lease'],
    ).toContain(settlement?.outcome);
    model.held.delete(this.key);
    if (settlement?.outcome === 'retry') model.givenBack.set(this.key, held);
  }
  toString = () => `giveBack(${this.key})`;
}

/** Another branch of the run that has given a record back comes to write it. */
class Renew implements Command {
  constructor(readonly key: string) {}
  check = (model: Readonly<Model>) => model.givenBack.has(this.key);
  async run(model: Model, real: Real): Promise<void> {
    const { key } = this;
    const given = model.givenBack.get(key);
    if (!given) return;
    model.givenBack.delete(key);
    const [isOurs] = await real.worker(model.worker).renew([given.token], { leaseMs: LEASE });
    if (!isOurs) return;
    const holder = model.held.get(key);
    expect(holder && holder.until > model.now ? holder : undefined).toBeUndefined();
    const until = model.now + LEASE;
    model.held.set(key, { ...given, until, owner: model.worker });
  }
  toString = () => `renew(${this.key})`;
}

/** A person tries a sample, and the node that writes takes it. What a test run has is nobody's to be sent by itself. */
class Try implements Command {
  constructor(
    readonly key: string,
    readonly back: number,
  ) {}
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    const { key } = this;
    model.contents += 1;
    const content = Math.max(1, model.contents - this.back);
    const asked = { flow: 'f', key, hash: `h${content}`, version: String(content) };
    const request = { ...asked, payload: payload(key, content) };
    const ledger = real.worker(model.worker);
    const [seen] = await ledger.preview([request]);
    if (!seen || !('attempt' in seen)) return;
    const look = `look-${model.contents}`;
    const more = { seen: seen.seen, at: model.now, look, run: 'r', leaseMs: LEASE };
    const [outcome] = await ledger.take([{ ...request, ...more }]);
    if (!outcome || !('token' in outcome)) throw new Error(`seen ${seen.outcome}, not taken`);
    const holder = model.held.get(key);
    const isLive = holder && holder.until > model.now && holder.owner === model.worker;
    // Of the flow nobody takes a record away; a person may take over from a test run.
    expect(isLive && !holder.byHand).toBeFalsy();
    const until = model.now + LEASE;
    const { token } = outcome;
    model.held.set(key, { token, content, until, owner: model.worker, byHand: true });
  }
  toString = () => `try(${this.key}, -${this.back})`;
}

class Settle implements Command {
  constructor(
    readonly key: string,
    readonly failure: ErrorClass | undefined,
  ) {}
  check = (model: Readonly<Model>) => model.held.has(this.key);
  async run(model: Model, real: Real): Promise<void> {
    const held = model.held.get(this.key);
    if (!held) return;
    const ledger = real.worker(model.worker);
    const { token } = held;
    const [settlement] = this.failure
      ? await ledger.fail([{ token, message: 'no', details: { class: this.failure } }])
      : await ledger.complete([{ token }]);
    const outcome = settlement?.outcome;
    if (held.byHand) {
      expect(
        this.failure ? ['given-back', 'lost-lease'] : ['done', 'superseded', 'lost-lease'],
      ).toContain(outcome);
      // Only now the flow knows of it.
      const newest = model.accepted.get(this.key) ?? -1;
      if (outcome === 'done') model.accepted.set(this.key, Math.max(newest, held.content));
    }
    if (outcome === 'done' || outcome === 'dead') {
      model.finished.set(this.key, (model.finished.get(this.key) ?? new Set()).add(held.content));
    }
    // Nothing newer may be forgotten by finishing or holding something older.
    if (outcome === 'done' || outcome === 'dead' || outcome === 'held') {
      expect(model.accepted.get(this.key)).toBe(held.content);
    }
    model.held.delete(this.key);
  }
  toString = () => `settle(${this.key}, ${this.failure ?? 'done'})`;
}

/** A person sends again what lies there. */
class Release implements Command {
  constructor(readonly state: 'dead' | 'held') {}
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    const { state } = this;
    const ledger = real.worker(model.worker);
    const lying = await (state === 'dead' ? ledger.listDead : ledger.listHeld).call(ledger, ALL);
    const released = await ledger.requeue({ all: true, state }, { conflicts: 'source' });
    expect(released.map(({ key }) => key).sort()).toEqual(lying.map(({ key }) => key).sort());
    for (const { key, document } of lying) {
      expect((document as { content: number }).content).toBe(model.accepted.get(key));
    }
  }
  toString = () => `release(${this.state})`;
}

class Crash implements Command {
  check = () => true;
  async run(model: Model): Promise<void> {
    model.worker += 1;
    model.held.clear();
    model.givenBack.clear();
  }
  toString = () => 'crash';
}

class Wait implements Command {
  constructor(readonly ms: number) {}
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    model.now += this.ms;
    real.now.value = model.now;
  }
  toString = () => `wait(${this.ms})`;
}

class Tick implements Command {
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    const ledger = real.worker(model.worker);
    const due = await ledger.due({ limit: 2, visibilityMs: 500 });
    const again = await ledger.due({ limit: 10, visibilityMs: 500 });
    const handedOut = due.map(({ key }) => key);
    expect(again.filter(({ key }) => handedOut.includes(key))).toEqual([]);
    for (const { key, document } of [...due, ...again]) {
      await claim(model, real, { key, content: (document as { content: number }).content });
    }
  }
  toString = () => 'tick';
}

/**
 * Whatever happened: in the end everything that was taken over is sent, or lies where a person finds it. What is held
 * has lost nothing by that: it goes as soon as it is released.
 */
async function drain(model: Model, real: Real): Promise<void> {
  const ledger = real.worker(model.worker + 1);
  for (let round = 0; round < 60; round += 1) {
    // Also what a test run has left behind is held again by then, where it was held before.
    await ledger.requeue({ all: true, state: 'held' });
    real.now.value += 24 * 3_600_000;
    for (const { key, document } of await ledger.due({ limit: 100, visibilityMs: 1 })) {
      const { content } = document as { content: number };
      expect(omit(document, 'source.conflicts')).toEqual(payload(key, content));
      const request = { flow: 'f', key, hash: `h${content}`, version: String(content) };
      const [outcome] = await ledger.claim([{ ...request, payload: document }], { leaseMs: 1 });
      if (!outcome || !('token' in outcome)) continue;
      const [settlement] = await ledger.complete([{ token: outcome.token }]);
      const last = model.finished.get(key) ?? new Set();
      if (settlement?.outcome === 'done') model.finished.set(key, last.add(content));
    }
  }
  const dead = await ledger.listDead(ALL);
  for (const { key, document } of dead) {
    const last = model.finished.get(key) ?? new Set();
    model.finished.set(key, last.add((document as { content: number }).content));
  }
  const { total } = await ledger.statistics();
  const { in_flight, retry, pending, held } = total.states;
  expect({ in_flight, retry, pending, held }).toEqual({
    in_flight: 0,
    retry: 0,
    pending: 0,
    held: 0,
  });
  for (const [key, content] of model.accepted) {
    expect(model.finished.get(key)?.has(content) ? key : `${key} lost ${content}`).toBe(key);
  }
}

const commands = [
  fc
    .tuple(fc.constantFrom(...KEYS), fc.integer({ min: 0, max: 3 }), fc.boolean())
    .map(([key, back, isGivenBack]) => new ClaimContent(key, back, isGivenBack)),
  fc.constantFrom(...KEYS).map((key) => new GiveBack(key)),
  fc.constantFrom(...KEYS).map((key) => new Renew(key)),
  fc.constantFrom(...KEYS).map((key) => new Settle(key, undefined)),
  fc
    .tuple(fc.constantFrom(...KEYS), fc.constantFrom(...ERROR_CLASSES))
    .map(([key, errorClass]) => new Settle(key, errorClass)),
  fc.constantFrom('dead' as const, 'held' as const).map((state) => new Release(state)),
  fc.constant(new Crash()),
  fc.constantFrom(1, 400, LEASE, 60_000, 3_600_000).map((ms) => new Wait(ms)),
  fc.constant(new Tick()),
  fc
    .tuple(fc.constantFrom(...KEYS), fc.integer({ min: 0, max: 3 }))
    .map(([key, back]) => new Try(key, back)),
];

test('loses nothing and lends nothing twice, whatever happens in whatever order', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-model-'));
  const seal = await createSeal([], Buffer.alloc(16));
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 50, size: 'max' }), async (sequence) => {
      run += 1;
      const storage = new SqliteStorage({ file: join(folder, `${run}.sqlite`) });
      const now = { value: 1_000_000 };
      // Each worker is this process in another life: those before it are gone.
      const worker = (number: number): RecordLedger =>
        new RecordLedger({ storage, seal, now: () => now.value, owner: workerName(number) });
      const model: Model = {
        now: now.value,
        accepted: new Map(),
        held: new Map(),
        givenBack: new Map(),
        finished: new Map(),
        worker: 0,
        contents: 0,
      };
      const real: Real = { worker, now };
      try {
        await fc.asyncModelRun(() => ({ model, real }), sequence);
        await drain(model, real);
      } finally {
        await storage.close();
      }
    }),
    { numRuns: 150 },
  );
  rmSync(folder, { recursive: true });
});

function workerName(number: number): string {
  return `host:1:${number}`;
}
