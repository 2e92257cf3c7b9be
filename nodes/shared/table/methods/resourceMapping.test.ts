import type { ILoadOptionsFunctions, ResourceMapperField } from 'n8n-workflow';

import type { Column, Metadata, Table } from '../../../../core/dynamics/tables';
import type { TableService } from '../service';
import { resourceMapping } from './resourceMapping';

const TABLE: Table = {
  logicalName: 'crate',
  entitySetName: 'crates',
  displayName: 'Crate',
  primaryId: 'crateid',
};

const column = (name: string, more: Partial<Column> = {}): Column => ({
  name,
  displayName: name,
  type: 'string',
  required: false,
  creatable: true,
  updatable: true,
  readable: true,
  ...more,
});

const COLUMNS = [
  column('label', { required: true }),
  column('maker', { updatable: false }),
  column('seal', { creatable: false }),
  column('versionnumber', { creatable: false, updatable: false }),
];

const metadata = { columns: async () => COLUMNS } as unknown as Metadata;

const { getColumns } = resourceMapping({
  filled: new Set(),
  knownTable: () => TABLE,
  openForEditor: async () => ({ metadata }),
} as unknown as TableService);

async function offered(operation: string): Promise<ResourceMapperField[]> {
  const context = { getCurrentNodeParameter: () => operation } as unknown as ILoadOptionsFunctions;
  return (await getColumns.call(context)).fields;
}

const idsOf = (fields: ResourceMapperField[]): string[] => fields.map(({ id }) => id).sort();

test('the columns are the same for every operation, so that switching it loses none', async () => {
  const [created, updated] = await Promise.all([offered('create'), offered('update')]);
  expect(idsOf(created)).toEqual(['label', 'maker', 'seal']);
  expect(idsOf(updated)).toEqual(idsOf(created));
  expect(updated.map(({ displayName }) => displayName)).toContain(
    'maker (maker), only when created',
  );
});

test('an update demands no column', async () => {
  const demanded = (fields: ResourceMapperField[]) =>
    idsOf(fields.filter((field) => field.required));
  expect(demanded(await offered('create'))).toEqual(['label']);
  expect(demanded(await offered('update'))).toEqual([]);
});
