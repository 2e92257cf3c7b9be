import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { chosenIn } from './chosen';

/** As n8n does it: the value of a field that is not shown can be read as it stands, and not be extracted. */
const panel = (parameters: Record<string, unknown>): ILoadOptionsFunctions =>
  ({
    getCurrentNodeParameter: (name: string, options?: { extractValue?: boolean }) => {
      if (options?.extractValue) throw new Error('Could not find property');
      return parameters[name];
    },
  }) as unknown as ILoadOptionsFunctions;

it.each([
  [{ __rl: true, mode: 'name', value: ' account ' }, 'account'],
  ['account', 'account'],
  [{ __rl: true, mode: 'list', value: '' }, ''],
  [{ __rl: true, mode: 'list', value: null }, ''],
  [undefined, ''],
])('%j is %j', (table, name) => {
  expect(chosenIn(panel({ table }), 'table')).toBe(name);
});
