import { testService, type TestService } from '../test-service';

let service: TestService;

beforeEach(() => {
  service = testService();
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
