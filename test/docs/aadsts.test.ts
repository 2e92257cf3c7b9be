import { AADSTS_SUBJECTS, entraError } from '../../core/dynamics/auth/aadsts';
import { expectTable, tableOf } from './markdown';

/** docs/credentials.md tells what each number of Microsoft Entra means: here the table is made of what is really said. */

const HEAD = ['about', 'message', 'numbers', 'what to do'];

const rows = AADSTS_SUBJECTS.flatMap(({ subject, explanations }) =>
  explanations.map(([codes]) => {
    const [first = 0] = codes;
    const { message, fix = '' } = entraError({ description: `AADSTS${first}: text` });
    return [subject, message.replace(/ \(AADSTS\d+\)\.$/, ''), codes.join(', '), fix];
  }),
);

test('the page lists every number that is explained, with its repair', () => {
  expect(rows.length).toBeGreaterThan(50);
  expect(rows.flat().filter((cell) => /^\s*$|\|/.test(cell))).toEqual([]);
  expectTable('credentials.md', 'aadsts', tableOf(HEAD, rows));
});
