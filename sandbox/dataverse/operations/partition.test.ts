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

test('rows of an elastic table are deleted together, those of other tables are not', async () => {
  const ids = service.dataverse.insert('new_sensors', [
    { new_name: 'One', partitionid: 'a' },
    { new_name: 'Two' },
  ]);
  const target = (id: string | undefined, more = {}): object => ({
    '@odata.type': 'Microsoft.Dynamics.CRM.new_sensor',
    new_sensorid: id,
    ...more,
  });
  const remove = (set: string, targets: object[]) =>
    service.ask('POST', `${set}/Microsoft.Dynamics.CRM.DeleteMultiple`, { Targets: targets });
  expect((await remove('new_sensors', [target(ids[0]), target(ids[1])])).status).toBe(404);
  expect(service.dataverse.rows('new_sensors')).toMatchObject([{ new_name: 'One' }]);
  expect((await remove('new_sensors', [target(ids[0], { partitionid: 'a' })])).status).toBe(204);
  expect(service.dataverse.rows('new_sensors')).toEqual([]);
  expect(await remove('accounts', [])).toMatchObject({
    status: 501,
    body: { error: { message: 'DeleteMultiple has not yet been implemented.' } },
  });
});
