import type { ResourceMapperField } from 'n8n-workflow';

/**
 * What n8n's editor does with a list of columns (n8n-editor-ui, `ResourceMapper.vue` and `fieldsUtils`), so that a list can
 * be tried through an upgrade without a browser.
 */

export interface EditorColumns {
  mappingMode: 'defineBelow';
  value: Record<string, unknown> | null;
  matchingColumns: string[];
  schema: ResourceMapperField[];
}

export const NEW: EditorColumns = {
  mappingMode: 'defineBelow',
  value: null,
  matchingColumns: [],
  schema: [],
};

/** Drops empty values, and those of rows that are not listed. */
function pruned({ value, schema, ...rest }: EditorColumns): EditorColumns {
  const ids = new Set(schema.map(({ id }) => id));
  const kept = Object.entries(value ?? {}).filter(([id, one]) => one !== null && ids.has(id));
  return { ...rest, schema, value: Object.fromEntries(kept) };
}

/** The list after it was fetched, at first or by Refresh. */
export function refreshed(
  { value, schema, ...rest }: EditorColumns,
  fetched: readonly ResourceMapperField[],
): EditorColumns {
  const merged = fetched.map((field) => {
    const saved = schema.find(({ id }) => id === field.id);
    if (saved) {
      const { removed } = typeof saved.removed === 'boolean' ? saved : field;
      return { ...field, removed: removed ?? false };
    }
    return value !== null && !(field.id in value) ? { ...field, removed: false } : field;
  });
  return pruned({ ...rest, value, schema: merged });
}

const COMPARED = [
  'displayName',
  'required',
  'defaultMatch',
  'display',
  'canBeUsedToMatch',
  'type',
] as const;

/** Whether the editor says that the list may be out of date, and offers to refresh it. */
export function isStale(
  { schema }: EditorColumns,
  fetched: readonly ResourceMapperField[],
): boolean {
  if (schema.length !== fetched.length) return true;
  const saved = new Map(schema.map((field) => [field.id, field]));
  return fetched.some((field) =>
    COMPARED.some((name) => saved.get(field.id)?.[name] !== field[name]),
  );
}

/** Fills a row, which adds it where it was not shown. */
export function filled(columns: EditorColumns, id: string, entered: unknown): EditorColumns {
  const schema = columns.schema.map((field) =>
    field.id === id ? { ...field, removed: false } : field,
  );
  return pruned({ ...columns, schema, value: { ...columns.value, [id]: entered } });
}

/** Presses the bin of a row. */
export function binned(columns: EditorColumns, id: string): EditorColumns {
  const schema = columns.schema.map((field) =>
    field.id === id ? { ...field, removed: true } : field,
  );
  return pruned({ ...columns, schema, value: { ...columns.value, [id]: null } });
}

/** Rows that a person sees. */
export const shown = ({ schema }: EditorColumns): string[] =>
  schema.filter(({ display, removed }) => display && removed !== true).map(({ id }) => id);
