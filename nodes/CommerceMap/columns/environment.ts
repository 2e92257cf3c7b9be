import { partition } from 'lodash';
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { type DocumentType, listName } from '../../../core/documents';
import type { Column } from '../../../core/dynamics/tables';
import { toServiceError } from '../../../core/errors';
import { joinPath } from '../../../core/mapping';
import { findDocument } from '../../../core/presets';
import { liveParts } from './live';

/** The columns of the environment by the paths that rows have for them. */
export interface Environment {
  columns: ReadonlyMap<string, Column>;
  /** Why there are none, where the environment could not be asked: a list that does without them says so. */
  trouble?: string;
}

export async function environmentOf(
  context: ILoadOptionsFunctions,
  document: DocumentType,
): Promise<Environment> {
  try {
    const parts = await liveParts(context, document);
    const columns = parts.flatMap(({ path, columns: own }) =>
      own.map((column) => [joinPath(path, column.name), column] as const),
    );
    return { columns: new Map(columns) };
  } catch (error) {
    const { message } = toServiceError(error);
    return { columns: new Map(), trouble: `Columns could not be read: ${message}` };
  }
}

/** Of a lookup the row names another row by a path of its own, which Columns offers. */
const isPlain = ({ type, creatable, updatable }: Column): boolean =>
  type !== 'lookup' && (creatable || updatable);

function toOption(path: string, { displayName, type, maxLength }: Column): INodePropertyOptions {
  const facts = [type, maxLength ? `up to ${maxLength} characters` : ''];
  return {
    name: listName(path, displayName),
    value: path,
    description: facts.filter(Boolean).join(', '),
  };
}

/** Under the name that the environment has for it: people know their columns by that. */
function called(
  option: INodePropertyOptions,
  columns: Environment['columns'],
): INodePropertyOptions {
  const path = String(option.value);
  const column = columns.get(path);
  return column ? { ...option, name: listName(path, column.displayName) } : option;
}

/** The fields that the pack knows, then the columns that only the environment knows, custom ones first. */
export async function environmentTargets(
  context: ILoadOptionsFunctions,
  name: string,
  known: readonly INodePropertyOptions[],
): Promise<{ options: INodePropertyOptions[]; trouble?: string }> {
  const document = findDocument(name);
  if (document === undefined) return { options: [...known] };
  const { columns, trouble } = await environmentOf(context, document);
  const listed = new Set(known.map(({ value }) => value));
  const added = [...columns].filter(([path, column]) => !listed.has(path) && isPlain(column));
  const [custom, others] = partition(added, ([, column]) => column.custom === true);
  const more = [custom, others].flatMap((some) =>
    some.map((one) => toOption(...one)).sort((a, b) => a.name.localeCompare(b.name)),
  );
  return { options: [...known.map((option) => called(option, columns)), ...more], trouble };
}
