import { createControl } from '../control/app';
import { sender } from '../test-http';
import { startReceiver } from '../test-receiver';
import { dataverseControl } from './control';
import { contextOf, register } from './events/test-hooks';
import { SYSTEM_IDS } from './seed';
import { testService } from './test-service';

/** Rows by the control API: what people and other programs do in an environment. */

const service = testService();
const control = createControl(service.context, () => service.dataverse.reset());
dataverseControl(control, service.dataverse);
const send = sender(control);

const ask = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object) =>
  await send({
    method,
    path: `/dataverse${path}`,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

afterAll(async () => {
  await control.close();
  await service.dataverse.app.close();
});

it('makes, changes and deletes rows as a person, and tells of it', async () => {
  const receiver = await startReceiver();
  const [user = ''] = service.dataverse.insert('systemusers', [
    {
      firstname: 'Jane',
      lastname: 'Doe',
      'businessunitid@odata.bind': `/businessunits(${SYSTEM_IDS.businessUnit})`,
    },
  ]);
  for (const message of ['Create', 'Update', 'Delete']) {
    await register(service.ask, { url: receiver.url, table: 'account', message });
  }
  const made = await ask('POST', `/rows/accounts?user=${user}`, { name: 'Contoso' });
  const [id] = (JSON.parse(made.text) as { ids: string[] }).ids;
  expect((await ask('PATCH', `/rows/accounts/${id}?user=${user}`, { name: 'New' })).status).toBe(
    204,
  );
  expect(service.dataverse.rows('accounts')).toMatchObject([
    { name: 'New', _modifiedby_value: user, _modifiedonbehalfby_value: null },
  ]);
  expect((await ask('DELETE', `/rows/accounts/${id}`)).status).toBe(204);
  await service.dataverse.webhooks.idle();
  await receiver.close();
  const users = receiver.received
    .map(contextOf)
    .map(({ MessageName, UserId, InitiatingUserId }) => [MessageName, UserId, InitiatingUserId]);
  const app = SYSTEM_IDS.applicationUser;
  expect(users.sort()).toEqual([
    ['Create', user, user],
    ['Delete', app, app],
    ['Update', user, user],
  ]);
});

it('refuses what the Web API would refuse, and rows that are not there', async () => {
  const [id] = service.dataverse.insert('accounts', [{ name: 'Contoso' }]);
  const wrong = await ask('PATCH', `/rows/accounts/${id}`, { nothing: 1 });
  expect(wrong.status).toBe(400);
  expect(wrong.text).toContain('nothing');
  expect((await ask('PATCH', `/rows/accounts/${SYSTEM_IDS.organization}`, {})).status).toBe(404);
  expect((await ask('DELETE', `/rows/accounts/${SYSTEM_IDS.organization}`)).status).toBe(404);
  expect((await ask('PATCH', `/rows/nothings/${id}`, {})).status).toBe(404);
  const nobody = `/rows/accounts?user=${SYSTEM_IDS.organization}`;
  expect((await ask('POST', nobody, { name: 'x' })).status).toBe(404);
});

it('shows where webhooks go, and what was delivered', async () => {
  service.dataverse.reset();
  const { stepId } = await register(service.ask, {
    url: 'http://127.0.0.1:9/',
    table: 'account',
  });
  expect(JSON.parse((await ask('GET', '/hooks')).text)).toMatchObject([{ stepId, enabled: true }]);
  expect(JSON.parse((await ask('GET', '/deliveries')).text)).toEqual([]);
});
