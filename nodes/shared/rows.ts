/** Parts of a record that a person fills in one by one: a list, or one group of fields. */
import { mapValues, omitBy } from 'lodash';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../core/errors';
import { isBlank, numberIn, Unreadable } from '../../core/values';

interface Entered {
  displayName: string;
  /** Of the field in the document. */
  name: string;
  /** What one is called; several can be added. Left out: there is one, called as the whole. */
  each?: string;
  /** Below this name n8n keeps what was entered. */
  below?: string;
  description?: string;
  values: INodeProperties[];
  /**
   * Numbers that are left out where nobody has entered them. They are fields of texts: n8n fills in what a row leaves out,
   * and a number would be 0, a price that gives goods away.
   */
  amounts?: INodeProperties[];
}

/** A part as the panel shows it, and as the document has it. */
export interface Rows {
  field: INodeProperties;
  /** @returns undefined where nothing was entered */
  of(entered: unknown): unknown;
}

export function rows({ values, amounts = [], below = 'row', ...shown }: Entered): Rows {
  const { displayName, name, each, description } = shown;
  const fields = [...values, ...amounts].toSorted((one, other) =>
    one.displayName.localeCompare(other.displayName),
  );
  const filled = (row: IDataObject): IDataObject => withoutBlanks({ ...row, ...read(row) });
  const read = (row: IDataObject): IDataObject =>
    Object.fromEntries(amounts.map((field) => [field.name, amountIn(row[field.name], field)]));
  return {
    field: {
      displayName,
      name,
      type: 'fixedCollection',
      typeOptions: { multipleValues: each !== undefined },
      placeholder: `Add ${each ?? displayName}`,
      default: {},
      ...(description !== undefined && { description }),
      options: [{ displayName: each ?? displayName, name: below, values: fields }],
    },
    of: (entered) => {
      if (!isObject(entered) || Array.isArray(entered)) return entered;
      const given = entered[below];
      if (Array.isArray(given)) return (given as IDataObject[]).map(filled);
      if (isObject(given)) return orNothing(filled(given));
      // What an expression gives is the part itself.
      return orNothing(entered);
    },
  };
}

/** Makes the document of fields of which some are rows. */
export const withRows =
  (...parts: Rows[]) =>
  (fields: IDataObject): IDataObject =>
    omitBy(
      mapValues(fields, (value, name) => {
        const part = parts.find(({ field }) => field.name === name);
        return part ? (part.of(value) as typeof value) : value;
      }),
      (value) => value === undefined,
    );

const orNothing = (part: IDataObject): IDataObject | undefined =>
  Object.keys(part).length > 0 ? part : undefined;

const isObject = (value: unknown): value is IDataObject =>
  typeof value === 'object' && value !== null;

const withoutBlanks = (row: IDataObject): IDataObject => omitBy(row, isBlank);

function amountIn(value: unknown, { displayName }: INodeProperties): number | undefined {
  if (isBlank(value)) return undefined;
  const amount = numberIn(value);
  if (amount !== undefined) return amount;
  throw validationError(
    `${displayName} is not a number: ${new Unreadable('a number', value).found}`,
    'Write it with a point before the decimals and no grouping, such as 12.50, or leave it empty.',
  );
}
