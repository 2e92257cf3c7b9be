import { groupBy, uniq } from 'lodash';

import { ERROR_CLASSES, type ErrorClass } from '../../core/errors';
import { RETRY_RULES } from '../../core/ledger/retry';
import { expectSaid } from './codeTexts';
import { pageText } from './markdown';

/** docs/messages.md quotes how messages begin: here is held that the nodes still say so. */

const CLASSES = 'What happens next';

interface Entry {
  area: string;
  message: string;
  cells: string[];
}

const page = pageText('messages.md');
const entries = page.split(/^## /m).flatMap((section): Entry[] => {
  const area = section.split('\n', 1)[0] ?? '';
  const rows = section.matchAll(/^\| `([^`]+)` +\|(.*)\|$/gm);
  return [...rows].map(([, message = '', rest = '']) => ({
    area,
    message,
    cells: rest.split('|').map((cell) => cell.trim()),
  }));
});
const [classes, messages] = [
  entries.filter(({ area }) => area === CLASSES),
  entries.filter(({ area }) => area !== CLASSES),
];

test.each(messages)('a message begins with "$message"', ({ message, cells }) => {
  expectSaid(message);
  expect(cells.filter((cell) => cell !== '')).toHaveLength(2);
});

/** How the page says what the ledger does. */
function verdictOn(errorClass: ErrorClass): string {
  const rule = RETRY_RULES[errorClass];
  if (rule === 'held') return 'held: ';
  if (rule === 'dead') return 'dead letter: ';
  if (rule.forEver) return 'tried again until it goes';
  if (rule.attempts === undefined) return 'tried again for some two hours, then a dead letter';
  return `tried again ${rule.attempts} times at most, then a dead letter`;
}

test('every class of failures is there, with what the ledger does', () => {
  expect(classes.map(({ message }) => message).sort()).toEqual([...ERROR_CLASSES].sort());
  for (const { message, cells } of classes) {
    expect(cells[1]?.slice(0, verdictOn(message as ErrorClass).length)).toBe(
      verdictOn(message as ErrorClass),
    );
  }
});

test('every area has its messages, none of them twice', () => {
  const byArea = groupBy(messages, ({ area }) => area);
  expect(Object.keys(byArea)).toEqual([
    'Credentials',
    'Connection',
    'Mapping',
    'Amounts of orders',
    'Dynamics 365',
    'Ledger',
    'Triggers',
  ]);
  for (const list of Object.values(byArea)) expect(list.length).toBeGreaterThanOrEqual(5);
  expect(uniq(messages.map(({ message }) => message))).toHaveLength(messages.length);
});
