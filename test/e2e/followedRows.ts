import { countBy, groupBy, range, sortBy } from 'lodash';

import { inFlight } from '../../core/http/in-flight';
import type { DynamicsPerson } from './person';
import type { Told } from './sink';

/** Requests of people at the same time. */
const AT_ONCE = 4;

const SET = 'accounts';
const GONE = 'gone';

/** Claim lets a record through once more where the run that had it was killed before it could say what became of it. */
const INTERRUPTED = 'reclaimed';

const idOf = (row: number): string => `7e000000-0000-4000-8000-${String(row).padStart(12, '0')}`;

const nameOf = (id: string, version: number): string => `${id} version ${version}`;

/** What a told row was, in one text. */
const factOf = ({ id, name = `${id} ${GONE}` }: Pick<Told, 'id' | 'name'>): string => name;

/** Where a fact stands in the life of its row. */
function placeOf(fact: string): number {
  const last = fact.split(' ').at(-1);
  return last === GONE ? Infinity : Number(last);
}

/** Rows that a person makes, changes and deletes, and what has to be told of each. */
export class FollowedRows {
  readonly all: string[];
  /** How many writes there were. */
  events = 0;
  private version = -1;
  /** What has to be told, and what may be passed over because the next state came at once. */
  private readonly wanted: string[] = [];
  private readonly passing: string[] = [];

  constructor(
    private readonly person: DynamicsPerson,
    count: number,
  ) {
    this.all = range(count).map(idOf);
  }

  async create(): Promise<void> {
    await this.write(this.all, this.next(), async (id, name) => {
      await this.person.create(SET, { accountid: id, name });
    });
  }

  /** @param version a new one where it is left out; two writes of one version are one round over different rows */
  async change(ids: readonly string[] = this.all, version = this.next()): Promise<void> {
    await this.write(ids, version, async (id, name) => {
      await this.person.change(SET, id, { name });
    });
  }

  /** Changes each row twice, the second time without waiting for anybody to be told of the first. */
  async changeTwice(): Promise<void> {
    const before = this.wanted.length;
    await this.change();
    this.passing.push(...this.wanted.splice(before));
    await this.change();
  }

  async delete(count: number): Promise<void> {
    await inFlight(this.all.slice(0, count), AT_ONCE, async (id) => {
      await this.person.delete(SET, id);
      this.events += 1;
      this.wanted.push(factOf({ id }));
    });
  }

  /** The version that comes after the last one. */
  next(): number {
    this.version += 1;
    return this.version;
  }

  private async write(
    ids: readonly string[],
    version: number,
    work: (id: string, name: string) => Promise<void>,
  ): Promise<void> {
    await inFlight(ids, AT_ONCE, async (id) => {
      const name = nameOf(id, version);
      await work(id, name);
      this.events += 1;
      this.wanted.push(name);
    });
  }

  /** How many of the facts that have to be told were. */
  toldOf(told: readonly Told[]): number {
    const facts = new Set(told.map(factOf));
    return this.wanted.filter((fact) => facts.has(fact)).length;
  }

  get toTell(): number {
    return this.wanted.length;
  }

  /** What is wrong with what was told: nothing is to be missed, doubled, made up, or told behind what came later. */
  wrongIn(told: readonly Told[]): Record<'missed' | 'doubled' | 'unknown' | 'late', string[]> {
    const facts = told.map(factOf);
    const known = new Set([...this.wanted, ...this.passing]);
    const once = told.filter(({ outcome }) => outcome !== INTERRUPTED);
    const perRow = Object.values(groupBy(once, ({ id }) => id)).map((same) => same.map(factOf));
    return {
      missed: this.wanted.filter((fact) => !facts.includes(fact)),
      doubled: Object.entries(countBy(once.map(factOf))).flatMap(([fact, count]) =>
        count > 1 ? [fact] : [],
      ),
      unknown: facts.filter((fact) => !known.has(fact)),
      late: perRow
        .filter((row) => sortBy(row, placeOf).join() !== row.join())
        .map((row) => row.join(' < ')),
    };
  }
}
