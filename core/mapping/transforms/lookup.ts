import { ServiceError } from '../../errors';
import type { Transform, TransformFunction } from './types';
import { optionalText, tableOption, textOf, textOption } from './types';

/** What becomes of a value that a table does not hold. */
export type Otherwise = 'refuse' | 'keep' | 'empty' | 'value';

interface LookupOptions {
  name?: string;
  otherwise?: Otherwise;
  /** What `otherwise: "value"` puts there. */
  value?: unknown;
  /** How a value that is refused is let through. */
  fix?: string;
}

/** A table has no entry for a value. */
export class MissingEntry extends ServiceError {
  constructor(
    table: string,
    /** The value as messages show it. */
    readonly entry: string,
    fix: string,
  ) {
    super(`${table} has no entry for ${entry}`, { class: 'validation', fix });
  }
}

/**
 * A value that the table does not hold is refused, unless `otherwise` says what to do: a status that nobody
 * thought of must reach a person, not become an arbitrary one.
 */
export function compileLookup(
  table: Readonly<Record<string, unknown>>,
  {
    name,
    otherwise = 'refuse',
    value: other,
    fix = 'Add the entry to the table, or give the row a default.',
  }: LookupOptions = {},
): TransformFunction {
  const entries = new Map(Object.entries(table));
  const label = name === undefined ? 'the lookup table' : `lookup table "${name}"`;
  const missing: Record<Otherwise, (value: unknown, key: string) => unknown> = {
    keep: (value) => value,
    empty: () => undefined,
    value: () => other,
    refuse: (_value, key) => {
      throw new MissingEntry(label, key.length > 24 ? 'this value' : `"${key}"`, fix);
    },
  };
  return (value) => {
    const key = textOf(value).trim();
    return entries.has(key) ? entries.get(key) : missing[otherwise](value, key);
  };
}

const ADD_ENTRY =
  'Add the entry to the table, or choose under What Else what becomes of all others.';

export const LOOKUP_TRANSFORMS: Transform[] = [
  {
    name: 'lookup',
    displayName: 'Look Up',
    description: 'Replace a value by what a table says, such as the status P by 100001',
    options: [
      {
        name: 'table',
        displayName: 'Table',
        type: 'table',
        description: 'Values, and what becomes of each',
        required: true,
        columns: { from: 'From', to: 'To', holds: 'targetValue' },
      },
      {
        name: 'otherwise',
        displayName: 'What Else',
        type: 'string',
        description:
          'What to do with a value that the table does not hold. With Stop the Document nothing is sent of a document that has one, until the table holds it.',
        default: 'refuse',
        choices: ['empty', 'refuse', 'keep', 'value'],
        choiceNames: {
          empty: 'Leave It Empty',
          refuse: 'Stop the Document',
          keep: 'Take It As It Is',
          value: 'Take a Fixed Value',
        },
      },
      {
        name: 'value',
        displayName: 'Value for All Else',
        type: 'string',
        description: 'What a value becomes that the table does not hold',
        default: '',
        onlyWhere: { option: 'otherwise', is: 'value' },
      },
      {
        name: 'repair',
        displayName: 'Repair',
        type: 'string',
        description: 'What to do about a value that stops the document, as its message says it',
        default: '',
        placeholder: 'e.g. Enter the order of this shop',
        onlyWhere: { option: 'otherwise', is: 'refuse' },
      },
    ],
    compile: (options) =>
      compileLookup(tableOption(options, 'table'), {
        otherwise: textOption(options, 'otherwise') as Otherwise,
        value: options.value,
        fix: optionalText(options, 'repair') || ADD_ENTRY,
      }),
  },
];
