import { startHttpServer } from '../../../test/support/httpServer';
import { threeDCartAt } from '../../../test/support/threeDCart';
import { firstRows } from '../../http/pages';

it('shows of no customer the password, wherever one is read', async () => {
  const customer = { CustomerID: 7, Email: 'a@example.com', Password: 'made-up-secret' };
  const made = { Key: 'CustomerID', Value: '7', Status: '201', Message: 'Created' };
  const server = await startHttpServer(({ method }) =>
    method === 'POST' ? { status: 201, body: [made] } : { body: [customer] },
  );
  const { customers } = threeDCartAt(server);
  const listed = await firstRows((page) => customers.pages({}, page), 1);
  const read = await customers.get(7);
  const created = await customers.create(customer);
  const shown = { CustomerID: 7, Email: 'a@example.com' };
  expect([...listed, read, created]).toEqual([shown, shown, shown]);
  const sent = server.received.find(({ method }) => method === 'POST')?.body ?? '';
  expect(JSON.parse(sent)).toMatchObject({ Password: 'made-up-secret' });
  await server.close();
});
