import type {
  ILoadOptionsFunctions,
  ResourceMapperField,
  ResourceMapperFields,
} from 'n8n-workflow';

import type { DocumentField, DocumentType } from '../../../core/documents';
import { toServiceError } from '../../../core/errors';
import { explainMapping, joinPath } from '../../../core/mapping';
import { DOCUMENTS, findDocument, findPreset } from '../../../core/presets';
import { dataverseTables } from '../../Dynamics365/tables';
import { fieldsOf } from '../../shared/table/methods/resourceMapping';
import { type LivePart, liveParts } from './live';

/** The row that says why custom columns are missing. No column has such a name. */
export const TROUBLE = '!';

type Typed = Pick<ResourceMapperField, 'type' | 'options'>;

interface Row extends Typed {
  path: string;
  label: string;
}

/** n8n fills a switch with "false" by itself, which would be a value: a list can be left empty. */
const YES_OR_NO: Typed = {
  type: 'options',
  options: [
    { name: 'Yes', value: true },
    { name: 'No', value: false },
  ],
};

function typed({ type }: DocumentField): Typed {
  if (type === 'boolean') return YES_OR_NO;
  return { type: type === 'number' ? 'number' : 'string' };
}

function isLeaf({ type }: DocumentField): boolean {
  return type !== 'object' && type !== 'list';
}

/** What an environment says of columns, by the path that a document has for each. */
function liveRows(parts: readonly LivePart[]): Map<string, Row & { isCustom: boolean }> {
  const rows = parts.flatMap(({ path: part, table, columns }) =>
    columns
      .filter(({ creatable, updatable }) => creatable || updatable)
      .flatMap((column) =>
        fieldsOf(column, { table, filled: dataverseTables.filled }).map((field) => {
          const path = joinPath(part, field.id);
          const typedAs = field.type === 'boolean' ? YES_OR_NO : field;
          const label = `${column.displayName} · ${path}`;
          const isCustom = column.custom === true;
          return { path, label, type: typedAs.type, options: typedAs.options, isCustom };
        }),
      ),
  );
  return new Map(rows.map((row) => [row.path, row]));
}

/**
 * A row of the preset is a drop-down, whose entry for "nothing chosen" says what the preset puts there: the editor shows no
 * other text in an empty row. Text is entered there as an expression, and a dragged field is one anyway.
 */
function fromPreset({ options = [] }: Row, origin: string): Typed {
  return { type: 'options', options: [{ name: `Preset: ${origin}`, value: '' }, ...options] };
}

/**
 * `canBeUsedToMatch` says nothing in a list without matching columns; saved with the row it tells a row of the preset that
 * was removed by hand from one that has never been added.
 */
function toField(row: Row, origin?: string): ResourceMapperField {
  const isFilled = origin !== undefined;
  const { type, options } = isFilled ? fromPreset(row, origin) : row;
  return {
    id: row.path,
    displayName: row.label,
    type,
    ...(options && { options }),
    required: false,
    defaultMatch: false,
    canBeUsedToMatch: isFilled,
    display: true,
    removed: !isFilled,
    readOnly: false,
  };
}

const byLabel = (one: Row, other: Row): number => one.label.localeCompare(other.label);

/** What the preset fills first, then what else the document is known to have and the environment has added to it. */
function fieldsFor(
  document: DocumentType,
  origins: ReadonlyMap<string, string>,
  parts: readonly LivePart[],
): ResourceMapperField[] {
  const live = liveRows(parts);
  const known = new Map(document.fields.filter(isLeaf).map((field) => [field.path, field]));
  const rowOf = (path: string): Row => {
    const field = known.get(path);
    const inDocument = field ? typed(field) : { type: 'string' as const };
    return live.get(path) ?? { path, label: path, ...inDocument };
  };
  const custom = [...live.values()].filter(({ isCustom }) => isCustom).map(({ path }) => path);
  const others = [...new Set([...known.keys(), ...custom])].filter((path) => !origins.has(path));
  return [
    ...[...origins].map(([path, origin]) => toField(rowOf(path), origin)),
    ...others
      .map(rowOf)
      .sort(byLabel)
      .map((row) => toField(row)),
  ];
}

function troubleField(error: unknown): ResourceMapperField {
  const { message } = toServiceError(error);
  const row = { path: TROUBLE, label: `Custom columns could not be read: ${message}` };
  return { ...toField({ ...row, type: 'string' }), removed: false, readOnly: true };
}

export const resourceMapping = {
  /** The rows of Columns, with the custom columns of the environment where a credential is chosen. */
  async getColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
    const [from = '', to = ''] = ['from', 'to'].map((name) =>
      String(this.getCurrentNodeParameter(name) ?? ''),
    );
    const [preset, document] = [findPreset(from, to), findDocument(to)];
    if (!preset || !document) return { fields: [], emptyFieldsNotice: 'Choose From and To first.' };
    const origins = explainMapping(preset, DOCUMENTS);
    try {
      return { fields: fieldsFor(document, origins, await liveParts(this, document)) };
    } catch (error) {
      // The rows of the preset are shown all the same: an environment that is away must not hide them.
      return { fields: [troubleField(error), ...fieldsFor(document, origins, [])] };
    }
  },
};
