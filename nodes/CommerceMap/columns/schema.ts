import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import type { DocumentField, DocumentType } from '../../../core/documents';
import { toServiceError } from '../../../core/errors';
import { explainMapping, joinPath } from '../../../core/mapping';
import { DOCUMENTS, findDocument, findPreset } from '../../../core/presets';
import { dataverseTables } from '../../Dynamics365/tables';
import { fieldsOf } from '../../shared/table/methods/resourceMapping';
import { type LivePart, liveParts } from './live';
import {
  type ColumnField,
  editionField,
  idOf,
  isSet,
  pathOf,
  type SavedColumns,
  type SavedField,
  savedFields,
  TROUBLE,
} from './saved';

type Typed = Pick<ColumnField, 'type' | 'options' | 'columnType' | 'choices'>;
type Saved = ReadonlyMap<string, SavedField>;

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

/** What the list knows of columns beside the document itself, by the path that a document has for each. */
interface Environment {
  rows: ReadonlyMap<string, Row>;
  /** Those that are offered though the document does not know them. */
  offered: readonly string[];
}

function liveRows(parts: readonly LivePart[]): Environment {
  const rows = parts.flatMap(({ path: part, table, columns }) =>
    columns
      .filter(({ creatable, updatable }) => creatable || updatable)
      .flatMap((column) =>
        fieldsOf(column, { table, filled: dataverseTables.filled }).map((field) => {
          const path = joinPath(part, field.id);
          const { type, options } = field.type === 'boolean' ? YES_OR_NO : field;
          const label = `${column.displayName} · ${path}`;
          const isCustom = column.custom === true;
          const choices =
            column.type === 'choices' || column.type === 'boolean' ? column.choices : undefined;
          return { path, label, type, options, columnType: column.type, choices, isCustom };
        }),
      ),
  );
  return {
    rows: new Map(rows.map(({ isCustom, ...row }) => [row.path, row])),
    offered: rows.filter(({ isCustom }) => isCustom).map(({ path }) => path),
  };
}

/** Without the entry that says what the preset puts there. */
const ownOptions = ({ options = [] }: ColumnField) => options.filter(({ value }) => value !== '');

function savedRow(field: ColumnField): Row {
  const { id, displayName, type, columnType, choices } = field;
  const options = ownOptions(field);
  const isText = type === 'options' && options.length === 0;
  return {
    path: pathOf(id),
    label: displayName,
    type: isText ? 'string' : type,
    ...(options.length > 0 && { options }),
    columnType,
    choices,
  };
}

/** What an environment that does not answer now has said before: n8n drops the value of each row that is not listed. */
function rowsOfBefore({ fields }: DocumentType, saved: Saved): Environment {
  const known = new Set(fields.map(({ path }) => path));
  const hasMore = ([path, field]: readonly [string, SavedField]): boolean =>
    field.columnType !== undefined || !known.has(path) || ownOptions(field).length > 0;
  const rows = [...saved].filter(hasMore).map(([path, field]) => [path, savedRow(field)] as const);
  return { rows: new Map(rows), offered: [...saved.keys()] };
}

/**
 * A row of the preset is a drop-down, whose entry for "nothing chosen" says what the preset puts there: the editor shows no
 * other text in an empty row. Text is entered there as an expression, and a dragged field is one anyway.
 */
function fromPreset({ options = [] }: Row, origin: string): Typed {
  return { type: 'options', options: [{ name: `Preset: ${origin}`, value: '' }, ...options] };
}

/** n8n runs no workflow whose drop-down holds a text that it does not list, such as one from before the preset filled it. */
const isTextOfBefore = (saved?: SavedField): boolean =>
  saved !== undefined && saved.type !== 'options' && isSet(saved.entered);

/** `canBeUsedToMatch` says nothing else in a list without matching columns; see `isOfPreset`. */
function toField(row: Row, saved: Saved, origin?: string): ColumnField {
  const isFilled = origin !== undefined;
  const before = saved.get(row.path);
  const { type, options } = isFilled && !isTextOfBefore(before) ? fromPreset(row, origin) : row;
  const { columnType, choices } = row;
  return {
    id: idOf(row.path, isFilled, before),
    displayName: row.label,
    type,
    ...(options && { options }),
    ...(columnType && { columnType }),
    ...(choices && { choices }),
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
  { rows, offered }: Environment,
  saved: Saved,
): ColumnField[] {
  const known = new Map(document.fields.filter(isLeaf).map((field) => [field.path, field]));
  const rowOf = (path: string): Row => {
    const field = known.get(path);
    const inDocument = field ? typed(field) : { type: 'string' as const };
    return rows.get(path) ?? { path, label: path, ...inDocument };
  };
  const others = [...new Set([...known.keys(), ...offered])].filter((path) => !origins.has(path));
  return [
    ...[...origins].map(([path, origin]) => toField(rowOf(path), saved, origin)),
    ...others
      .map(rowOf)
      .sort(byLabel)
      .map((row) => toField(row, saved)),
  ];
}

const NOT_FOUND = ' (not found in this environment)';

/** Rows in use that nothing lists any more, such as those of another environment: n8n would drop what they hold. */
function fieldsNotFound(saved: Saved, listed: readonly ColumnField[]): ColumnField[] {
  const paths = new Set(listed.map(({ id }) => pathOf(id)));
  return [...saved]
    .filter(([path, { removed }]) => removed !== true && !paths.has(path))
    .map(([, field]) => {
      const row = savedRow(field);
      const label = row.label.replace(NOT_FOUND, '') + NOT_FOUND;
      return { ...toField({ ...row, label }, saved), removed: false };
    });
}

function troubleField(error: unknown): ColumnField {
  const { message } = toServiceError(error);
  const label = `Custom columns could not be read: ${message}`;
  const row: Row = { path: TROUBLE, label, type: 'string' };
  return { ...toField(row, new Map()), removed: false, readOnly: true };
}

/** What the environment says, and why it says nothing where it cannot be asked. */
async function environmentOf(
  context: ILoadOptionsFunctions,
  document: DocumentType,
  saved: Saved,
): Promise<Environment & { trouble: ColumnField[] }> {
  try {
    const parts = await liveParts(context, document);
    const found = parts.length > 0 ? liveRows(parts) : rowsOfBefore(document, saved);
    return { ...found, trouble: [] };
  } catch (error) {
    // The other rows are shown all the same: an environment that is away must not hide them.
    return { ...rowsOfBefore(document, saved), trouble: [troubleField(error)] };
  }
}

export const resourceMapping = {
  /** The rows of Columns, with the custom columns of the environment where a credential is chosen. */
  async getColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
    const [from = '', to = ''] = ['from', 'to'].map((name) =>
      String(this.getCurrentNodeParameter(name) ?? ''),
    );
    const [preset, document] = [findPreset(from, to), findDocument(to)];
    if (!preset || !document) return { fields: [], emptyFieldsNotice: 'Choose From and To first.' };
    const saved = savedFields(
      this.getCurrentNodeParameter('columns') as SavedColumns | undefined,
      preset,
    );
    const { trouble, ...environment } = await environmentOf(this, document, saved);
    const origins = explainMapping(preset, DOCUMENTS);
    const listed = fieldsFor(document, origins, environment, saved);
    const edition = editionField(preset, listed);
    return { fields: [...trouble, ...listed, ...fieldsNotFound(saved, listed), edition] };
  },
};
