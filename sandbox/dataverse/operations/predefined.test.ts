import { text } from '../schema/columns';
import { table } from '../service';
import { testService, type TestService } from '../test-service';

let service: TestService;

beforeEach(() => {
  service = testService({
    tables: [
      table({
        name: 'new_sensor',
        schemaName: 'new_Sensor',
        label: 'Sensor',
        entitySet: 'new_sensors',
        objectTypeCode: 10_901,
        custom: true,
        elastic: true,
        primaryName: 'new_name',
        columns: [text('new_name', 20, { schemaName: 'new_Name', label: 'Name' })],
      }),
    ],
  });
});

afterEach(() => service.dataverse.app.close());

const OPEN = '00000000-0000-0000-00aa-000010003001';

test('a view applies to the related rows of a row, and to those of its table alone', async () => {
  const [account = ''] = service.dataverse.insert('accounts', [{ name: 'Contoso' }]);
  const related = { 'parentaccountid@odata.bind': `/accounts(${account})` };
  service.dataverse.insert('opportunities', [{ name: 'Mine', ...related }, { name: 'Elsewhere' }]);
  const path = `accounts(${account})/opportunity_parent_account/?savedQuery=${OPEN}`;
  const { body } = await service.ask('GET', path);
  expect(body.value).toMatchObject([{ name: 'Mine' }]);
  const all = await service.ask('GET', `opportunities?savedQuery=${OPEN}`);
  expect(all.body.value).toHaveLength(2);
  const elsewhere = await service.ask('GET', `accounts?savedQuery=${OPEN}`);
  expect([elsewhere.status, elsewhere.text]).toEqual([
    400,
    expect.stringContaining("'Open Opportunities'"),
  ]);
  const unknown = await service.ask('GET', 'accounts?userQuery=nobody');
  expect(unknown.status).toBe(404);
});

test('a row of an elastic table is read and deleted by its partition, and changed without', async () => {
  const [id = '', other = ''] = service.dataverse.insert('new_sensors', [
    { new_name: 'One', partitionid: "device's 1" },
    { new_name: 'Two' },
  ]);
  const status = async (...call: Parameters<TestService['ask']>): Promise<number> =>
    (await service.ask(...call)).status;
  const path = `new_sensors(${id})`;
  const partition = "?partitionId='device''s 1'";
  expect(await status('GET', path)).toBe(404);
  expect(await status('GET', path + partition)).toBe(200);
  expect(await status('GET', `new_sensors(${other})`)).toBe(200);
  expect(await status('GET', `new_sensors(${other})${partition}`)).toBe(404);
  expect(await status('PATCH', path, { new_name: 'Changed' })).toBe(204);
  const list = await service.ask('GET', `new_sensors${partition}`);
  expect(list.body.value).toMatchObject([{ new_name: 'Changed' }]);
  expect(await status('DELETE', path)).toBe(404);
  expect(await status('DELETE', path + partition)).toBe(204);
});
