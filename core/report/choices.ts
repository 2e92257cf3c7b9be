import { countBy } from 'lodash';

import type { Stopped } from './stopped';

type Whole = 'dead' | 'held';

/** What stands behind the number of all that a person can tick at once. */
const WHOLE: Readonly<Record<Whole, string>> = {
  dead: 'that were not sent',
  held: 'that are held',
};

const withCommas = new Intl.NumberFormat('en');

/** "All 1,234 that are held": the list under it may be shorter, and nobody gives up what he does not know of. */
export const allOf = (state: Whole, count: number): string =>
  `All ${withCommas.format(count)} ${WHOLE[state]}`;

const ALL = /^All ([\d,]+) (.+)$/;

/** undefined: words for one record. */
function wholeOf(words: string): { state: Whole; count: number } | undefined {
  const [, count = '', what] = ALL.exec(words) ?? [];
  const state = (['dead', 'held'] as const).find((one) => WHOLE[one] === what);
  return state && { state, count: Number(count.replaceAll(',', '')) };
}

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
  const found = ticked.map((words): readonly One[] => {
    const whole = wholeOf(words);
    const all = whole ? records.filter(({ state }) => state === whole.state) : byWords.get(words);
    // More than were told of, or than the words were for, are others.
    return all !== undefined && all.length <= (whole?.count ?? 1) ? all : [];
  });
  return {
    records: [...new Set(found.flat())],
    unknown: found.filter(({ length }) => length === 0).length,
  };
}
