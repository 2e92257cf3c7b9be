import { countBy } from 'lodash';

import type { Stopped } from './stopped';

/** What a person can tick at once. */
export const ALL_OF: Readonly<Record<'dead' | 'held', string>> = {
  dead: 'All that were not sent',
  held: 'All that are held',
};

const LONGEST_REASON = 90;

const shortened = (text: string): string =>
  text.length > LONGEST_REASON ? `${text.slice(0, LONGEST_REASON - 1)}…` : text;

/** As a browser hands them back. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/**
 * The words for a record, from the shortest on to those that no other has. Its reason is among them, so that nobody
 * sends again or discards what has become another case since.
 */
function wordings({ number, state, reason, flowName, key }: Stopped): [string, string, string] {
  const short = [number, ...(state === 'held' ? ['held'] : []), shortened(reason)].join(' · ');
  return [short, `${short} · ${flowName}`, `${short} · ${flowName} · ${key}`].map(oneLine) as [
    string,
    string,
    string,
  ];
}

/** What a person ticks for each record: forms of n8n hand back the words that were shown, and nothing else. */
export function choicesOf(records: readonly Stopped[]): string[] {
  const all = records.map(wordings);
  const counts = countBy(all.flat());
  return all.map((words) => words.find((word) => counts[word] === 1) ?? words[2]);
}

export interface Chosen<One> {
  records: One[];
  /** How many ticks mean no record any more, or several; they choose none. */
  unknown: number;
}

/** The records whose words were ticked. */
export function chosenFrom<One extends Stopped>(
  ticked: readonly string[],
  records: readonly One[],
): Chosen<One> {
  const byWords = new Map<string, One[]>();
  for (const record of records) {
    for (const words of wordings(record))
      byWords.set(words, [...(byWords.get(words) ?? []), record]);
  }
  const whole = records.filter(({ state }) => state !== 'retry' && ticked.includes(ALL_OF[state]));
  const single = ticked.filter((words) => !Object.values(ALL_OF).includes(words));
  const meant = single
    .map((words) => byWords.get(words) ?? [])
    .filter(({ length }) => length === 1);
  return {
    records: [...new Set([...whole, ...meant.flat()])],
    unknown: single.length - meant.length,
  };
}
