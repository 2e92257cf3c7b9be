import { sum, sumBy, upperFirst } from 'lodash';

import type { FlowStatistics } from '../ledger/ledger';
import type { Page } from './page';
import {
  counted,
  countOf,
  groupStopped,
  listed,
  nounOf,
  type Stopped,
  type StoppedGroup,
} from './stopped';

export interface ReportOptions {
  /** How many numbers are named for each reason. */
  maxNumbers: number;
  /** Address of the page on which a person repairs. */
  link?: string;
}

const ENDS: Readonly<Record<Stopped['state'], { became: string; lead: string }>> = {
  dead: {
    became: 'not sent',
    lead: 'could not be sent, and will not be tried again until somebody says so.',
  },
  held: {
    became: 'held',
    lead: 'held until they change in the source, or somebody sends them again.',
  },
  retry: {
    became: 'waiting',
    lead: 'waiting until the mapping is mended; what waits goes by itself then.',
  },
};

const LONGEST_SUBJECT = 150;
/** So many are written out in one message. */
const MOST_REASONS = 50;
const HOUR_MS = 60 * 60_000;

const shortened = (text: string): string =>
  text.length > LONGEST_SUBJECT ? `${text.slice(0, LONGEST_SUBJECT - 1)}…` : text;

interface SectionOptions extends Pick<ReportOptions, 'maxNumbers'> {
  noun: string;
  /** Whether what is said above leaves open which flow it is. */
  saysFlow: boolean;
}

function sectionOf(
  { numbers, records, state, reason, repair, flowName }: StoppedGroup,
  { noun, maxNumbers, saysFlow }: SectionOptions,
): Page['sections'][0] {
  return {
    heading: `${counted(records, noun)} ${ENDS[state].became}: ${reason}`,
    lines: [
      ...(repair ? [`Repair: ${repair}`] : []),
      `${records === 1 ? 'Number' : 'Numbers'}: ${listed(numbers, maxNumbers, records)}`,
      ...(saysFlow ? [`Flow: ${flowName}`] : []),
    ],
  };
}

function wayOut(link: string | undefined): Pick<Page, 'end' | 'link'> {
  const words = 'Send again or discard';
  return link
    ? { end: [], link: { words, url: link } }
    : {
        end: [`${words}: with the form of the operations workflow, or with Sync Ledger: Requeue.`],
      };
}

/** What has just stopped: the reason in the subject, so that a look at the telephone is enough. */
export function alertOf(records: readonly Stopped[], options: ReportOptions): Page {
  const groups = groupStopped(records);
  const noun = nounOf(records);
  const said = (['dead', 'held', 'retry'] as const).flatMap((state) => {
    const count = countOf(records, state);
    return count > 0 ? [{ many: counted(count, noun), ...ENDS[state] }] : [];
  });
  const [first, ...others] = groups;
  // The form shows what stopped for good; what the mapping holds goes without it.
  const isForForm = records.some(({ state }) => state !== 'retry');
  const more = others.length > 0 ? ` (and ${counted(others.length, 'other reason')})` : '';
  const [only] = sumBy(groups, 'records') === 1 ? records : [];
  const counts = only
    ? `${upperFirst(noun)} ${only.number} ${ENDS[only.state].became}`
    : said.map(({ many, became }) => `${many} ${became}`).join(', ');
  return {
    subject: `${shortened(`${counts}: ${first?.reason ?? ''}`)}${more}`,
    lead: said.map(({ many, lead }) => `${many} ${lead}`),
    sections: groups
      .slice(0, MOST_REASONS)
      .map((group) => sectionOf(group, { ...options, noun, saysFlow: true })),
    ...(isForForm ? wayOut(options.link) : { end: [] }),
  };
}

export interface Situation {
  flows: FlowStatistics[];
  /** The newest of them; `flows` has how many there are. */
  stopped: readonly Stopped[];
  now: number;
}

/** Due for so long that nobody seems to fetch them. */
const isLeftAlone = ({ due, oldestDueAt }: FlowStatistics, now: number): boolean =>
  due > 0 && oldestDueAt !== undefined && now - oldestDueAt > HOUR_MS;

const MEND =
  'What the mapping holds goes by itself once the row, or the node, is mended and the workflow published; Sync Ledger: Look Up says which.';

function countsOf(flow: FlowStatistics, now: number): string {
  const { states, due, heldByMapping } = flow;
  const counts = [
    [states.dead, 'not sent'],
    [states.held, 'held'],
    [heldByMapping, 'held by the mapping'],
    [states.pending + states.retry - heldByMapping, 'waiting to be tried again'],
    [states.done, 'done'],
  ] as const;
  const said = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const alone = isLeftAlone(flow, now)
    ? ` ${due} should have been sent over an hour ago: is the workflow published?`
    : '';
  const mend = heldByMapping > 0 ? ` ${MEND}` : '';
  return `${flow.flowName ?? flow.flow}: ${said.join(', ') || 'nothing yet'}.${mend}${alone}`;
}

const sumOf = (flows: FlowStatistics[], state: 'dead' | 'held'): number =>
  sum(flows.map(({ states }) => states[state]));

const byMapping = (flows: FlowStatistics[]): number =>
  sum(flows.map(({ heldByMapping }) => heldByMapping));

/** What somebody has to decide or mend; most of what is held goes by itself. */
function forPersonIn({ flows }: Situation): { dead: number; held: number } {
  const held = sum(flows.map(({ heldForPerson }) => heldForPerson));
  return { dead: sumOf(flows, 'dead'), held };
}

/** Whether there is anything that a person has to look at. */
export function needsSomebody(situation: Situation): boolean {
  const { dead, held } = forPersonIn(situation);
  const { flows, now } = situation;
  return dead + held + byMapping(flows) > 0 || flows.some((flow) => isLeftAlone(flow, now));
}

function subjectOf(situation: Situation): string {
  const { flows, stopped, now } = situation;
  const noun = nounOf(stopped);
  const { dead, held } = forPersonIn(situation);
  const stuck = byMapping(flows);
  if (stuck > 0) {
    const more = dead + held > 0 ? `; ${counted(dead + held, noun)} waiting for you` : '';
    return `${counted(stuck, 'record')} held by the mapping, until it is mended${more}`;
  }
  if (dead > 0 && held > 0)
    return `${counted(dead + held, noun)} waiting for you: ${dead} not sent, ${held} to decide`;
  if (dead > 0) return `${counted(dead, noun)} not sent`;
  if (held > 0) return `${counted(held, noun)} to decide`;
  if (flows.some((flow) => isLeftAlone(flow, now)))
    return 'Records wait to be tried again, and nobody tries';
  const waiting = sumOf(flows, 'held');
  return waiting > 0
    ? `Nothing waits for you: ${counted(waiting, noun)} held until they change`
    : 'All well: nothing waits for you';
}

/** All that waits for a person, reasons and repairs first, and how much lies in which flow. */
export function digestOf(situation: Situation, options: ReportOptions): Page {
  const { flows, stopped, now } = situation;
  const noun = nounOf(stopped);
  const groups = groupStopped(stopped);
  const shown = groups.slice(0, MOST_REASONS);
  const left = sumOf(flows, 'dead') + sumOf(flows, 'held') - sumBy(shown, 'records');
  const way = stopped.length > 0 ? wayOut(options.link) : { end: [] };
  return {
    subject: subjectOf(situation),
    lead: flows.map((flow) => countsOf(flow, now)),
    sections: shown.map((group) =>
      sectionOf(group, { ...options, noun, saysFlow: flows.length > 1 }),
    ),
    ...way,
    end: [...(left > 0 ? [`${left} more are not shown.`] : []), ...way.end],
  };
}
