import { Counters } from './counters';
import { Faults } from './faults';
import { seededRandom, seedFor, type Random } from './random';

/** What every service of the sandbox shares. `Name` says which services these are. */
export interface SandboxContext<Name extends string = string> {
  /** The seed everything made up is drawn from. */
  readonly seed: number;
  faults: Faults;
  counters: Counters<Name>;
  now(): Date;
  /** Seeded numbers shared by all services. Where a sequence must be repeatable, take a `stream` instead. */
  random(): number;
  /** A new seeded source for one named part: always the same sequence for the same seed and name. */
  stream(name: string): Random;
}

export interface ContextOptions {
  /** 1 by default. */
  seed?: number;
  /** The clock; a test may set it. */
  now?: () => Date;
}

export function createContext<Name extends string = string>(
  options: ContextOptions = {},
): SandboxContext<Name> {
  const seed = options.seed ?? 1;
  const counters = new Counters<Name>();
  return {
    seed,
    counters,
    faults: new Faults(counters),
    now: options.now ?? (() => new Date()),
    random: seededRandom(seed),
    stream: (name) => seededRandom(seedFor(seed, name)),
  };
}
