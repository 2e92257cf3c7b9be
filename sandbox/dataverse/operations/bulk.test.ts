import { table, text } from '../schema/columns';
import { type Answer, type TestService, testService } from '../test-service';

const idOf = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const SENSOR = table({
  name: 'new_sensor',
  schemaName: 'new_Sensor',
  label: 'Sensor',
  entitySet: 'new_sensors',
  objectTypeCode: 10_901,
  custom: true,
  elastic: true,
  primaryName: 'new_name',
  columns: [text('new_name', 5, { schemaName: 'new_Name', label: 'Name' })],
});

let service: TestService;
beforeEach(() => {
  service = testService({ tables: [SENSOR] });
});

afterEach(() => service.dataverse.app.close());

const send = async (
  set: string,
  message: string,
  Targets: object[],
  headers?: Record<string, string>,
): Promise<Answer> =>
  await service.ask('POST', `${set}/Microsoft.Dynamics.CRM.${message}`, { Targets }, headers);

const sensor = (number: number, name: string) => ({
  '@odata.type': 'Microsoft.Dynamics.CRM.new_sensor',
  new_sensorid: idOf(number),
  new_name: name,
});

describe('bulk messages to an elastic table', () => {
  const rows = [sensor(1, 'one'), sensor(2, 'too long'), sensor(3, 'three')];
  const DETAILS = '@Microsoft.PowerApps.CDS.ErrorDetails.Plugin.BulkApiErrorDetails';
  const annotated = { prefer: 'odata.include-annotations=*' };
  const names = () => (service.dataverse.rows('new_sensors') ?? []).map((row) => row.new_name);

  it('write what they can, and tell of each row to who asks for it', async () => {
    const answer = await send('new_sensors', 'CreateMultiple', rows, annotated);
    expect(answer.status).toBe(400);
    const error = answer.body.error as Record<string, string>;
    expect(error).toMatchObject({ code: '0x80044331' });
    expect(JSON.parse(error[DETAILS] ?? '')).toEqual([
      { RequestIndex: 0, Id: idOf(1), StatusCode: 200 },
      { RequestIndex: 1, Id: '', StatusCode: 400 },
      { RequestIndex: 2, Id: idOf(3), StatusCode: 200 },
    ]);
    expect(names()).toEqual(['one', 'three']);
  });

  it('say nothing of the rows to who does not', async () => {
    const { body } = await send('new_sensors', 'CreateMultiple', rows);
    expect(body.error).not.toHaveProperty([DETAILS]);
    expect(names()).toEqual(['one', 'three']);
  });

  it('answer as of any table where all is well', async () => {
    const good = [sensor(1, 'one'), sensor(2, 'two')];
    const { status, body } = await send('new_sensors', 'CreateMultiple', good);
    expect({ status, Ids: body.Ids }).toEqual({ status: 200, Ids: [idOf(1), idOf(2)] });
    const changed = await send('new_sensors', 'UpdateMultiple', [sensor(1, 'uno')]);
    expect(changed.status).toBe(204);
    expect(names()).toEqual(['uno', 'two']);
  });
});

describe('a table without the message', () => {
  it('refuses it, as its message filters say', async () => {
    const filters = (service.dataverse.rows('sdkmessagefilters') ?? []).filter(
      (row) => row.primaryobjecttypecode === 'account',
    );
    for (const { sdkmessagefilterid } of filters) {
      await service.ask('DELETE', `sdkmessagefilters(${String(sdkmessagefilterid)})`);
    }
    const row = { '@odata.type': 'Microsoft.Dynamics.CRM.account', name: 'One' };
    expect((await send('accounts', 'CreateMultiple', [row])).status).toBe(404);
    expect(service.dataverse.rows('accounts')).toEqual([]);
  });
});
