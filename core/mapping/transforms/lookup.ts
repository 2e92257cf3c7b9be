import { validationError } from '../../errors';
import type { Transform, TransformFunction } from './types';
import { tableOption, textOf, textOption } from './types';

/**
 * A value that the table does not hold is refused, unless `otherwise` says what to do: a status that nobody
 * thought of must reach a person, not become an arbitrary one.
 */
export function compileLookup(
  table: Readonly<Record<string, unknown>>,
  options: { name?: string; otherwise?: 'refuse' | 'keep' | 'empty' } = {},
): TransformFunction {
  const entries = new Map(Object.entries(table));
  const otherwise = options.otherwise ?? 'refuse';
  return (value) => {
    const key = textOf(value).trim();
    if (entries.has(key)) return entries.get(key);
    if (otherwise !== 'refuse') return otherwise === 'keep' ? value : undefined;
    const name = options.name === undefined ? 'the lookup table' : `lookup table "${options.name}"`;
    throw validationError(
      `${name} has no entry for ${key.length > 24 ? 'this value' : `"${key}"`}`,
      'Add the entry to the table, or give the row a default.',
    );
  };
}

export const LOOKUP_TRANSFORMS: Transform[] = [
  {
    name: 'lookup',
    displayName: 'Lookup',
    description: 'Replace a value by what a table says, such as the status P by 100001',
    options: [
      {
        name: 'table',
        displayName: 'Table',
        type: 'table',
        description: 'Values and what becomes of them: {"P": 100001}',
        required: true,
      },
      {
        name: 'otherwise',
        displayName: 'Otherwise',
        type: 'string',
        description: 'What to do with a value that the table does not hold',
        default: 'refuse',
        choices: ['refuse', 'keep', 'empty'],
      },
    ],
    compile: (options) =>
      compileLookup(tableOption(options, 'table'), {
        otherwise: textOption(options, 'otherwise') as 'refuse' | 'keep' | 'empty',
      }),
  },
];
