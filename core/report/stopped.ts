import { sumBy } from 'lodash';

/**
 * A record that goes on only when somebody does something, as far as messages speak of it: no content, no customer. Or
 * one that stands for all that a row of the mapping holds.
 */
export interface Stopped {
  key: string;
  flow: string;
  /** What people call the flow. */
  flowName: string;
  /** What people call the record, such as the number of an order. */
  number: string;
  /** `retry`: it waits until the mapping is mended. */
  state: 'dead' | 'held' | 'retry';
  /** For how many records it stands; left out: for itself. */
  records?: number;
  /** False: it goes by itself when it changes where it comes from, such as an order that is paid. */
  isForPerson: boolean;
  reason: string;
  /** What a person can do about it. */
  repair?: string;
}

/** Records that stopped for one reason. */
export interface StoppedGroup extends Omit<Stopped, 'key' | 'number'> {
  /** Of those that are known by number. */
  numbers: string[];
  records: number;
}

/** Together what one repair mends; first what a person has to do, then dead letters, then the largest group. */
export function groupStopped(records: readonly Stopped[]): StoppedGroup[] {
  const groups = new Map<string, StoppedGroup>();
  for (const { key: _key, number, records: count = 1, ...same } of records) {
    const id = JSON.stringify([same.state, same.flow, same.reason, same.repair]);
    const group = groups.get(id);
    if (group) {
      group.numbers.push(number);
      group.records += count;
    } else groups.set(id, { ...same, numbers: [number], records: count });
  }
  const byNumber = new Intl.Collator('en', { numeric: true });
  for (const { numbers } of groups.values()) numbers.sort(byNumber.compare);
  return [...groups.values()].sort(
    (a, b) =>
      Number(b.isForPerson) - Number(a.isForPerson) ||
      a.state.localeCompare(b.state) ||
      b.records - a.records,
  );
}

/** How many records are in this state. */
export function countOf(records: readonly Stopped[], state: Stopped['state']): number {
  return sumBy(records, (record) => (record.state === state ? (record.records ?? 1) : 0));
}

/** "order", "record": what these are, within a sentence. */
export function nounOf(records: ReadonlyArray<Pick<Stopped, 'key'>>): string {
  const kinds = new Set(records.map(({ key }) => key.split(':')[2]));
  const [kind] = kinds;
  return kinds.size === 1 && kind ? kind : 'record';
}

/** "1 order", "3 orders" */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : plural(noun)}`;
}

function plural(noun: string): string {
  return /[^aeiou]y$/.test(noun) ? noun.replace(/y$/, 'ies') : `${noun}s`;
}

/**
 * "1001, 1002 and 3 more"
 *
 * @param all how many there are, with those that are not among the texts
 */
export function listed(texts: readonly string[], max: number, all = texts.length): string {
  const shown = texts.slice(0, max);
  const left = all - shown.length;
  return left > 0 ? `${shown.join(', ')} and ${left} more` : shown.join(', ');
}
