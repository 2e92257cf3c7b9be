import { Journal } from '../../dryRun';
import { createDataverse } from '../../dynamics/dataverse/client';
import type { HttpRequest } from '../../http/types';

const ID = '5d1c6f0e-2b6c-5a51-8f6a-0c6a1e3f7b04';
const NEW = '5d1c6f0e-2b6c-5a51-8f6a-0c6a1e3f7b05';
const STORED = { '@odata.etag': 'W/"1"', accountid: ID, name: 'Adatum', revenue: 5 };

/** An environment with one account; it is asked for nothing but reads. */
function environment() {
  const journal = new Journal();
  const sent: HttpRequest[] = [];
  const client = createDataverse({
    url: 'https://contoso.crm.dynamics.com',
    dryRun: { note: (write, places) => journal.note(write, places) },
    send: async (request) => {
      sent.push(request);
      const isThere = request.url.includes(ID) || request.url.includes('accountnumber');
      const error = { code: '0x80040217', message: 'account Does Not Exist' };
      return {
        status: isThere ? 200 : 404,
        headers: { 'content-type': 'application/json', 'odata-version': '4.0' },
        body: JSON.stringify(isThere ? STORED : { error }),
      };
    },
  });
  return { client, sent, plan: () => journal.takeCommon() };
}

describe('a rehearsed client', () => {
  it('tells of an update what differs, and that a second one finds it so', async () => {
    const { client, sent, plan } = environment();
    await client.update('accounts', ID, { name: 'Adatum Ltd', revenue: '5.00' });
    await client.update('accounts', ID, { name: 'Adatum Ltd' });
    const row = { system: 'Dataverse', table: 'accounts', id: ID };
    expect(plan()).toEqual([
      {
        ...row,
        action: 'update',
        columns: [{ column: 'name', before: 'Adatum', after: 'Adatum Ltd' }],
      },
      { ...row, action: 'unchanged' },
    ]);
    expect(sent.every(({ method }) => method === 'GET')).toBe(true);
    expect(await client.get('accounts', ID)).toMatchObject({ name: 'Adatum Ltd' });
  });

  it('refuses what the service would', async () => {
    const { client, plan } = environment();
    const row = { name: 'X' };
    await expect(client.update('accounts', NEW, row)).rejects.toMatchObject({ class: 'not-found' });
    await expect(client.delete('accounts', NEW)).rejects.toMatchObject({ class: 'not-found' });
    await expect(client.upsert('accounts', ID, row, { mode: 'create-only' })).rejects.toMatchObject(
      { class: 'duplicate' },
    );
    await expect(client.update('accounts', ID, row, { ifMatch: 'W/"0"' })).rejects.toMatchObject({
      class: 'conflict',
    });
    expect(plan()).toEqual([]);
  });

  it('finds a row by an alternate key, and makes one that is not there', async () => {
    const { client, plan } = environment();
    await client.upsert('accounts', { accountnumber: 'A1' }, { name: 'Adatum' });
    await client.upsert('accounts', NEW, { name: 'New' });
    expect(plan()).toMatchObject([
      { action: 'unchanged', id: ID },
      { action: 'create', id: NEW, columns: [{ column: 'name', before: null, after: 'New' }] },
    ]);
    expect(await client.get('accounts', NEW)).toMatchObject({ name: 'New' });
  });

  it('plans nothing of a change set of which one is refused', async () => {
    const { client, plan } = environment();
    const [outcome] = await client.batch([
      {
        changeSet: [
          { method: 'PATCH', path: `accounts(${NEW})`, body: { name: 'New' } },
          { method: 'DELETE', path: '$7' },
        ],
      },
    ]);
    expect(outcome).toMatchObject({ ok: false, failedMember: 1 });
    expect(plan()).toEqual([]);
  });
});
