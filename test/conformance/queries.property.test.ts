/** Whatever stands in a value, it stays a value: rows are found by what they hold, and by nothing else. */
import * as fc from 'fast-check';

import { contains, endsWith, startsWith } from '../../core/dynamics/dataverse/filters';
import { filterOf } from '../../core/dynamics/dataverse/rows/conditions';
import type { Dataverse } from '../../core/dynamics/dataverse/types';
import type { Filter } from '../../core/odata/query';
import type { Column } from '../../core/dynamics/tables';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { dataverseClient } from './dataverse-on-sandbox';

const NAME: Column = {
  name: 'name',
  displayName: 'Name',
  type: 'string',
  required: false,
  creatable: true,
  updatable: true,
  readable: true,
};

/** What queries, addresses, patterns, lists and XML give a meaning to, beside letters of all kinds. */
const SPECIAL = [
  ...'\'"%_[]^{}()<>&/\\?#+=,;:@$*!~| ',
  "''",
  '[%]',
  '%25',
  '%27',
  '&amp;',
  ' or 1 eq 1',
  'null',
  'ß',
  'İ',
  'é',
  '漢',
  '😀',
  '\u200b',
  '\t',
  'a',
  'B',
  'c',
];

const text = fc
  .array(fc.constantFrom(...SPECIAL), { minLength: 1, maxLength: 8 })
  .map((parts) => `x${parts.join('')}y`);

const FILTERS: Record<string, (value: string) => Filter | undefined> = {
  eq: (value) => filterOf([{ column: 'name', operator: 'eq', value }], 'all', [NAME]),
  in: (value) => filterOf([{ column: 'name', operator: 'in', value: [value] }], 'all', [NAME]),
  contains: (value) => contains('name', value),
  startswith: (value) => startsWith('name', value),
  endswith: (value) => endsWith('name', value),
};

/** As the service compares: without regard to case. */
const fold = (value: string): string => value.toLowerCase();

const PREDICATES: Record<string, (name: string, value: string) => boolean> = {
  eq: (name, value) => fold(name) === fold(value),
  in: (name, value) => fold(name) === fold(value),
  contains: (name, value) => fold(name).includes(fold(value)),
  startswith: (name, value) => fold(name).startsWith(fold(value)),
  endswith: (name, value) => fold(name).endsWith(fold(value)),
};

let sandbox: RunningSandbox;
let client: Dataverse;

beforeAll(async () => {
  sandbox = await startSandbox();
  client = dataverseClient(sandbox);
});
afterAll(async () => await sandbox.stop());

const insert = (names: string[]): void => {
  sandbox.reset();
  sandbox.services.dataverse.insert(
    'accounts',
    names.map((name) => ({ name })),
  );
};

describe.each(Object.keys(FILTERS))('%s', (operator) => {
  test('finds what a plain comparison finds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(text, { minLength: 3, maxLength: 8 }), async (names) => {
        insert(names);
        for (const value of names.slice(0, 3)) {
          const filter = FILTERS[operator]?.(value);
          const found = await client.list('accounts', { select: ['name'], filter });
          const expected = names.filter((name) => PREDICATES[operator]?.(name, value));
          expect(found.map(({ name }) => String(name)).sort()).toEqual([...expected].sort());
        }
      }),
      { numRuns: 40 },
    );
  });
});

test('an alternate key finds its own row, or is refused before anything is sent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(text, { minLength: 2, maxLength: 4 }), async (all) => {
      const keys = all.map((key) => [...key].slice(0, 12).join('').slice(0, 20).trim());
      const unique = [...new Map(keys.map((key) => [fold(key), key])).values()];
      sandbox.reset();
      sandbox.services.dataverse.insert(
        'accounts',
        unique.map((accountnumber) => ({ name: accountnumber, accountnumber })),
      );
      for (const accountnumber of unique) {
        const read = client.get('accounts', { accountnumber }, { select: ['name'] });
        if (/[/<>*%&:\\?+]/.test(accountnumber)) {
          await expect(read).rejects.toMatchObject({ class: 'validation' });
        } else {
          expect(await read).toMatchObject({ name: accountnumber });
        }
      }
    }),
    { numRuns: 40 },
  );
});
