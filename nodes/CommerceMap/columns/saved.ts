import { createHash } from 'node:crypto';

import type { ResourceMapperField } from 'n8n-workflow';

import type { Choice, ColumnType } from '../../../core/dynamics/tables';

/** A row of the list; the editor keeps with it what it does not know itself. */
export interface ColumnField extends ResourceMapperField {
  /** What the environment says that the column holds; absent where it has not been asked. */
  columnType?: ColumnType;
  /** What it may hold, where the editor has no entries for that: of several choices, and the words for yes (1) and no (0). */
  choices?: readonly Choice[];
}

/** A row with what a person has put there, as far as the editor tells: it sends expressions worked out, if it can. */
export interface SavedField extends ColumnField {
  entered?: unknown;
}

/** The list as the editor saves it. */
export interface SavedColumns {
  /** By the id of the row. A row that nobody has touched has none. */
  value?: Readonly<Record<string, unknown>> | null;
  schema?: readonly ColumnField[];
}

/** No column has such a name: rows that are only for the editor. */
const OWN = '!';

/** The row that says why custom columns are missing. */
export const TROUBLE = OWN;

/** A row that is never shown, which says what the others have been made of. */
const EDITION = `${OWN}edition`;

/** A second id for a row; its text is what whoever reads the workflow as JSON sees. */
const AGAIN = ' (preset)';

export const isColumn = ({ id }: Pick<ColumnField, 'id'>): boolean => !id.startsWith(OWN);

/** Of a row that was switched to Expression n8n saves the sign of one, also where nothing was entered or all was deleted. */
const NOTHING = /^=?\s*(?:\{\{\s*\}\}\s*)?$/;

/** Whether a row holds anything. */
export const isSet = (value: unknown): boolean =>
  value !== null && value !== undefined && !(typeof value === 'string' && NOTHING.test(value));

/** The path that a row fills, by its id. */
export function pathOf(id: string): string {
  return id.endsWith(AGAIN) ? id.slice(0, -AGAIN.length) : id;
}

/**
 * The id of a row. On a refresh n8n takes all of a row from the new list but `removed`, which it keeps from the saved row
 * of that id: a column that was never added, and that a new preset fills, would look like one that was taken out by hand.
 * Under another id it is a new row to n8n.
 */
export function idOf(path: string, isFilled: boolean, saved?: ColumnField): string {
  if (saved === undefined) return path;
  const isUnused = saved.removed === true && !isOfPreset(saved);
  if (!isFilled || !isUnused) return saved.id;
  return saved.id === path ? path + AGAIN : path;
}

/** Whether the preset filled the column when the list was made. In a list without matching columns it says nothing else. */
export const isOfPreset = ({ canBeUsedToMatch }: ColumnField): boolean => canBeUsedToMatch === true;

/** What the preset fills, and was taken out by hand. */
export const isLeftOut = (field: ColumnField): boolean =>
  field.removed === true && isOfPreset(field);

const documentsOf = (from: string, to: string): string => `${from} → ${to}`;

/**
 * n8n calls a list stale, and offers to refresh it, where names and types of its rows differ, not where their entries do:
 * those say where the preset takes a value from, and what a column may hold. A name that follows them makes n8n look.
 */
export function editionField(
  { from, to }: { from: string; to: string },
  fields: readonly ColumnField[],
): ColumnField {
  const facts = fields.map(({ id, options, columnType, choices }) => [
    pathOf(id),
    options,
    columnType,
    choices,
  ]);
  const digest = createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 12);
  return {
    id: EDITION,
    displayName: `${documentsOf(from, to)}, ${digest}`,
    type: 'string',
    required: false,
    defaultMatch: false,
    canBeUsedToMatch: false,
    display: false,
    removed: true,
    readOnly: true,
  };
}

/** The rows that were saved for these documents, by path: while From or To changes, n8n may still send those of before. */
export function savedFields(
  saved: SavedColumns | null | undefined,
  { from, to }: { from: string; to: string },
): Map<string, SavedField> {
  const { schema = [], value } = saved ?? {};
  const edition = schema.find(({ id }) => id === EDITION)?.displayName;
  const isOther = edition !== undefined && !edition.startsWith(`${documentsOf(from, to)},`);
  const columns = isOther ? [] : schema.filter(isColumn);
  return new Map(
    columns.map((field) => [pathOf(field.id), { ...field, entered: value?.[field.id] }]),
  );
}
