import type { IDataObject, IExecuteFunctions, ResourceMapperField } from 'n8n-workflow';

import { PRESETS } from '../../../core/presets';
import {
  binned,
  type EditorColumns,
  filled,
  isStale,
  NEW,
  refreshed,
  shown,
} from '../../../test/support/editorColumns';
import { FROM } from '../../../test/support/mapPanel';
import { readColumns } from './read';
import { editionField, isColumn } from './saved';
import { resourceMapping } from './schema';

/** What the node answers to an editor that has these columns saved. */
async function fetched(columns: EditorColumns = NEW, parameters: object = FROM) {
  const all: IDataObject = { ...parameters, columns: columns as unknown as IDataObject };
  const context = {
    getCurrentNodeParameter: (name: string) => structuredClone(all[name]),
    getNode: () => ({ credentials: {} }),
  };
  const ask = resourceMapping.getColumns;
  const { fields } = await ask.call(context as unknown as ThisParameterType<typeof ask>);
  return fields;
}

const opened = async () => refreshed(NEW, await fetched());
const refresh = async (columns: EditorColumns) => refreshed(columns, await fetched(columns));

function read(columns: EditorColumns) {
  const context = { getNode: () => ({ parameters: { columns } }) };
  return readColumns(context as unknown as IExecuteFunctions, FROM.to);
}

const leftOut = (columns: EditorColumns) =>
  read(columns).rows.flatMap(({ to, remove }) => (remove ? [to] : []));
const filledBy = (columns: EditorColumns) =>
  read(columns).rows.flatMap(({ to, value }) => (value === undefined ? [] : [[to, value]]));

const NAME = 'salesorder.name';
const GONE = 'salesorder.new_gift';

/** The list as a release had it whose preset filled nothing of this column. */
function ofBefore(columns: EditorColumns, path: string): EditorColumns {
  const schema = columns.schema.map((field): ResourceMapperField =>
    field.id === path
      ? {
          ...field,
          type: 'string',
          options: undefined,
          canBeUsedToMatch: false,
          removed: true,
        }
      : field,
  );
  return { ...columns, schema };
}

/** A custom column that the environment had when the list was saved. */
function withCustom(columns: EditorColumns, change: Partial<ResourceMapperField> = {}) {
  const [field] = columns.schema;
  const custom = {
    ...(field as ResourceMapperField),
    id: GONE,
    displayName: `Gift · ${GONE}`,
    type: 'string' as const,
    canBeUsedToMatch: false,
    removed: true,
    options: undefined,
    ...change,
  };
  return { ...columns, schema: [...columns.schema, custom] };
}

describe('an upgrade whose preset fills one column more', () => {
  test('is offered as a refresh, after which the preset fills the column', async () => {
    const before = ofBefore(await opened(), NAME);
    expect(leftOut(before)).toEqual([]);
    expect(isStale(before, await fetched(before))).toBe(true);
    const after = await refresh(before);
    expect(leftOut(after)).toEqual([]);
    expect(shown(after).some((id) => id.startsWith(NAME))).toBe(true);
    expect(isStale(after, await fetched(after))).toBe(false);
    expect(await refresh(after)).toEqual(after);
  });

  test('lets the new row be filled, taken out and left alone like any other', async () => {
    const after = await refresh(ofBefore(await opened(), NAME));
    const id = shown(after).find((one) => one.startsWith(NAME)) ?? '';
    expect(filledBy(await refresh(filled(after, id, '=Mine')))).toEqual([[NAME, 'Mine']]);
    const out = await refresh(binned(after, id));
    expect(leftOut(out)).toEqual([NAME]);
    expect(leftOut(await refresh(out))).toEqual([NAME]);
    expect(read(out).known.filter((path) => path === NAME)).toHaveLength(1);
  });

  test('keeps what the merchant has put there before', async () => {
    const before = filled(ofBefore(await opened(), NAME), NAME, '=Mine');
    const after = await refresh(before);
    expect(filledBy(after)).toEqual([[NAME, 'Mine']]);
    expect(leftOut(after)).toEqual([]);
  });
});

test('what was taken out by hand stays out, also in a workflow of before', async () => {
  const now = binned(await opened(), NAME);
  const schema = now.schema.filter(({ display }) => display);
  for (const columns of [now, { ...now, schema }]) {
    expect(leftOut(columns)).toEqual([NAME]);
    expect(leftOut(await refresh(columns))).toEqual([NAME]);
  }
});

test('a list is stale where a row is filled from elsewhere than it says', async () => {
  const columns = await opened();
  const fields = await fetched(columns);
  expect(isStale(columns, fields)).toBe(false);
  expect(fields).toContainEqual(editionField(FROM, fields.filter(isColumn)));
  const changed = fields.filter(isColumn).map((field) => ({
    ...field,
    options: field.options?.map((one) => ({ ...one, name: one.name.replace('Preset: ', '$&no ') })),
  }));
  const isEdition = ({ display }: ResourceMapperField) => !display;
  expect(isStale(columns, [...changed, ...fields.filter(isEdition)])).toBe(false);
  expect(isStale(columns, [...changed, editionField(FROM, changed)])).toBe(true);
});

test('fixed text from before the preset filled its row stays one that n8n runs', async () => {
  const before = filled(ofBefore(await opened(), NAME), NAME, 'Mine');
  const after = await refresh(before);
  expect(after.schema.find(({ id }) => id === NAME)).toMatchObject({ type: 'string' });
  expect(filledBy(await refresh(after))).toEqual([[NAME, 'Mine']]);
  const emptied = await refresh(filled(after, NAME, null));
  expect(emptied.schema.find(({ id }) => id === NAME)).toMatchObject({ type: 'options' });
});

describe('an environment that is not asked', () => {
  test('leaves the custom columns that are saved, with what they hold', async () => {
    const columns = filled(withCustom(await opened()), GONE, '=For you');
    const after = await refresh(columns);
    expect(filledBy(after)).toEqual([[GONE, 'For you']]);
    expect(shown(after)).toContain(GONE);
    expect(after.schema.find(({ id }) => id === GONE)?.displayName).toBe(`Gift · ${GONE}`);
  });

  test('leaves them to be added too, and does not add them by itself', async () => {
    const after = await refresh(withCustom(await opened()));
    expect(after.schema.map(({ id }) => id)).toContain(GONE);
    expect(shown(after)).not.toContain(GONE);
  });
});

test('rows of other documents are not taken over while From or To changes', async () => {
  const columns = filled(withCustom(await opened()), GONE, '=For you');
  const { from, to } = PRESETS.find((preset) => preset.to === 'dataverse.contact') ?? {};
  const others = await fetched(columns, { from, to });
  expect(others.length).toBeGreaterThan(2);
  expect(others.map(({ id }) => id)).not.toContain(GONE);
});
