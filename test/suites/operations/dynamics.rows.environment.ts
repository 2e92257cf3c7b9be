/** The operations that look at an environment of Dynamics 365 and prepare it. */
import { type OperationRow, pair } from './row';

const ASKED = { options: { solutionName: 'Default', keyWait: 0 } };

/** The request itself differs from item to item. */
const SHOWN = ['part', 'kind', 'table', 'name', 'state', 'change', 'request', 'fix'];

/** Of a table that is made: everything else of the environment's metadata shows in the rows of its solution. */
const TABLE = 'new_paymenttransactions';

export const environmentRows: OperationRow[] = [
  {
    resource: 'environment',
    operation: 'check',
    ask: () => pair([{ parameters: ASKED }, { parameters: ASKED }]),
    asksNothing: true,
    shows: () => ({ state: expect.stringMatching(/^(present|missing)$/) as string }),
    preview: SHOWN,
  },
  {
    resource: 'environment',
    operation: 'prepare',
    ask: () => pair([{ parameters: ASKED }, { parameters: ASKED }]),
    asksNothing: true,
    // Definitions are no rows of tables.
    unforeseen: { elsewhere: /Definitions/, follows: /^(?!roles)/ },
    shows: () => ({
      outcome: expect.stringMatching(/^(done|unchanged)$/) as string,
      state: 'present',
    }),
    tells: (_asked, { kind }) => ({ is: typeof kind, expected: 'string' }),
    kept: ({ sandbox }) => ({
      is: sandbox.services.dataverse.entitySets(),
      expected: expect.arrayContaining([TABLE]) as object,
    }),
    preview: [...SHOWN, 'outcome', 'reason'],
  },
];
