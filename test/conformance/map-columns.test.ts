import type { INodeParameters } from 'n8n-workflow';

import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { CommerceMap } from '../../nodes/CommerceMap/CommerceMap.node';
import { resourceMapping } from '../../nodes/CommerceMap/columns/schema';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { editorContext } from '../engine';
import {
  type EditorColumns,
  filled,
  isStale,
  NEW,
  refreshed,
  shown,
} from '../support/editorColumns';
import { FROM } from '../support/mapPanel';
import { dataverseCredential } from './dataverse-on-sandbox';
import { independentClient } from './dynamics-web-api';

const NAME = 'salesorder.name';
const SHELF = 'salesorder.new_shelf';

describe('Columns of Commerce Map on the sandbox', () => {
  let sandbox: RunningSandbox;
  let credential = 0;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.stop());
  beforeEach(() => {
    sandbox.reset();
    credential += 1;
  });

  function ask(columns: EditorColumns, change: object = {}) {
    const context = editorContext({
      nodeType: new CommerceMap(),
      parameters: { operation: 'map', ...FROM, columns } as unknown as INodeParameters,
      credentialTypes: [new DynamicsDataverseApi()],
      credentials: { dynamicsDataverseApi: { ...dataverseCredential(sandbox), ...change } },
    });
    const node = context.getNode();
    Object.assign(node.credentials?.dynamicsDataverseApi ?? {}, { id: `credential ${credential}` });
    return resourceMapping.getColumns.call(Object.assign(context, { getNode: () => node }));
  }

  /** The list once what was read for an opening panel is kept no longer. */
  async function refresh(columns: EditorColumns, change: object = {}): Promise<EditorColumns> {
    credential += 1;
    const { fields } = await ask(columns, change);
    return refreshed(columns, fields);
  }

  async function addShelf(): Promise<void> {
    await independentClient(sandbox).createAttribute({
      entityKey: "LogicalName='salesorder'",
      data: {
        '@odata.type': 'Microsoft.Dynamics.CRM.StringAttributeMetadata',
        SchemaName: 'new_Shelf',
        MaxLength: 20,
        DisplayName: {
          '@odata.type': 'Microsoft.Dynamics.CRM.Label',
          LocalizedLabels: [
            {
              '@odata.type': 'Microsoft.Dynamics.CRM.LocalizedLabel',
              Label: 'Shelf',
              LanguageCode: 1033,
            },
          ],
        },
      },
    });
  }

  const field = (columns: EditorColumns, id: string) => columns.schema.find((one) => one.id === id);
  const notices = ({ schema }: EditorColumns) =>
    schema.filter(({ readOnly, display }) => readOnly && display);

  test('offers the custom columns with their labels, and the rows of the preset with theirs', async () => {
    await addShelf();
    const columns = await refresh(NEW);
    expect(field(columns, SHELF)).toMatchObject({
      displayName: `Shelf · ${SHELF}`,
      type: 'string',
      columnType: 'string',
      removed: true,
    });
    expect(field(columns, 'salesorder.submitdate')).toMatchObject({ columnType: 'date' });
    expect(shown(columns)).not.toContain(SHELF);
    expect(field(columns, NAME)).toMatchObject({ displayName: `Name · ${NAME}`, removed: false });
    expect(notices(columns)).toEqual([]);
    expect(columns.schema.map(({ id }) => id)).not.toContain('salesorder.versionnumber');
    const { fields } = await ask(columns);
    expect(isStale(columns, fields)).toBe(false);
  });

  test('finds a column that was made after it has looked', async () => {
    const { fields } = await ask(NEW);
    expect(fields.map(({ id }) => id)).not.toContain(SHELF);
    await addShelf();
    const columns = await refresh(refreshed(NEW, fields));
    expect(columns.schema.map(({ id }) => id)).toContain(SHELF);
  });

  test('finds them as soon as the credential is repaired', async () => {
    await addShelf();
    const { fields } = await ask(NEW, { clientSecret: 'wrong' });
    expect(fields.map(({ id }) => id)).not.toContain(SHELF);
    const repaired = await ask(NEW);
    expect(repaired.fields.map(({ id }) => id)).toContain(SHELF);
  });

  test('keeps rows and values while the environment cannot be read, says so, and recovers', async () => {
    await addShelf();
    const columns = filled(await refresh(NEW), SHELF, '={{ $json.notes }}');
    expect(field(columns, SHELF)).toMatchObject({ columnType: 'string' });
    const away = await refresh(columns, { clientSecret: 'wrong' });
    expect(away.value).toEqual(columns.value);
    expect(notices(away)).toEqual([
      expect.objectContaining({
        displayName: expect.stringMatching(/^Custom columns could not be read: \S/) as string,
      }),
    ]);
    expect(away.schema.filter(({ readOnly }) => !readOnly)).toEqual(
      columns.schema.filter(({ readOnly }) => !readOnly),
    );
    const { fields } = await ask(away);
    expect(refreshed(away, fields)).toEqual(columns);
  });

  test('keeps a row in use that this environment lacks, and names it so once', async () => {
    await addShelf();
    const columns = filled(await refresh(NEW), SHELF, '={{ $json.notes }}');
    sandbox.reset();
    const label = `Shelf · ${SHELF} (not found in this environment)`;
    const lacking = await refresh(columns);
    expect(lacking.value).toEqual(columns.value);
    expect(field(lacking, SHELF)).toMatchObject({ displayName: label, removed: false });
    expect(await refresh(lacking)).toEqual(lacking);
    const unused = await refresh({ ...columns, value: {}, schema: (await refresh(NEW)).schema });
    expect(field(unused, SHELF)).toBeUndefined();
    await addShelf();
    expect(await refresh(lacking)).toEqual(columns);
  });
});
