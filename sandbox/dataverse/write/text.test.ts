import fc from 'fast-check';
import { multiChoice, table } from '../schema/columns';
import { BATCH_TYPE, batchBody, testService, type TestService } from '../test-service';

const ID = '11111111-1111-4111-8111-111111111111';
const ORDER = '22222222-2222-4222-8222-222222222222';
const TYPE = { '@odata.type': 'Microsoft.Dynamics.CRM.account' };
const BAD = 'call\u000b me';
const HALF = 'half \ud83d of a smile';

let service: TestService;

beforeEach(async () => {
  service = testService();
  service.dataverse.insert('accounts', [{ accountid: ID, accountnumber: 'A1', name: 'One' }]);
});

afterEach(() => service.dataverse.app.close());

interface Way {
  way: string;
  method: 'POST' | 'PATCH' | 'PUT';
  path: string;
  body: object | string;
  headers?: Record<string, string>;
}

const multiple = (name: string, ...targets: object[]): Way => ({
  way: name,
  method: 'POST',
  path: `accounts/Microsoft.Dynamics.CRM.${name}`,
  body: { Targets: targets.map((target) => ({ ...TYPE, ...target })) },
});

const inBatch = (request: string, body: object): string =>
  batchBody([[{ request, body, contentId: '1' }]]);

const child = { lastname: BAD };
const byKey = "accounts(accountnumber='A1')";

/** Every way on which a text reaches a row. */
const WAYS: Way[] = [
  { way: 'a create', method: 'POST', path: 'accounts', body: { name: BAD } },
  {
    way: 'an update',
    method: 'PATCH',
    path: `accounts(${ID})`,
    body: { description: BAD },
    headers: { 'if-match': '*' },
  },
  { way: 'an upsert by id', method: 'PATCH', path: `accounts(${ORDER})`, body: { name: BAD } },
  { way: 'an upsert by alternate key', method: 'PATCH', path: byKey, body: { name: BAD } },
  {
    way: 'the key of an upsert',
    method: 'PATCH',
    path: "accounts(accountnumber='A%0B2')",
    body: { name: 'Two' },
  },
  { way: 'a single column', method: 'PUT', path: `accounts(${ID})/name`, body: { value: BAD } },
  {
    way: 'a child of a deep insert',
    method: 'POST',
    path: 'accounts',
    body: { name: 'Two', contact_customer_accounts: [child] },
  },
  {
    way: 'a parent of a deep insert',
    method: 'POST',
    path: 'accounts',
    body: { name: 'Two', primarycontactid: child },
  },
  multiple('CreateMultiple', { name: 'Fine' }, { name: BAD }),
  multiple('UpdateMultiple', { accountid: ID, name: BAD }),
  multiple('UpsertMultiple', { '@odata.id': byKey, name: BAD }),
  {
    ...multiple('UpsertMultiple', {
      '@odata.id': "accounts(accountnumber='A\u000b2')",
      name: 'Two',
    }),
    way: 'the key of UpsertMultiple',
  },
  {
    way: 'a create behind a row',
    method: 'POST',
    path: `accounts(${ID})/contact_customer_accounts`,
    body: child,
  },
  {
    way: 'a change set',
    method: 'POST',
    path: '$batch',
    body: inBatch('POST accounts', { name: BAD }),
    headers: BATCH_TYPE,
  },
  {
    way: 'an upsert in a change set',
    method: 'POST',
    path: '$batch',
    body: inBatch(`PATCH ${byKey}`, { name: BAD }),
    headers: BATCH_TYPE,
  },
];

const state = (): unknown => [
  service.dataverse.rows('accounts'),
  service.dataverse.rows('contacts'),
];

describe('text outside XML 1.0', () => {
  it.each(WAYS)('is refused in $way', async ({ method, path, body, headers }) => {
    const before = state();
    const answer = await service.ask(method, path, body, headers);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('0x80040278');
    expect(answer.text).toMatch(/The field '\w+' contains one or more invalid characters\./);
    expect(state()).toEqual(before);
  });

  it('is refused in an action, which then has not happened', async () => {
    service.dataverse.insert('salesorders', [
      { salesorderid: ORDER, name: 'Web 1', 'customerid_account@odata.bind': `/accounts(${ID})` },
    ]);
    const bind = { 'salesorderid@odata.bind': `/salesorders(${ORDER})` };
    const type = 'Microsoft.Dynamics.CRM.orderclose';
    const close = { '@odata.type': type, subject: BAD, ...bind };
    const answer = await service.ask('POST', 'CancelSalesOrder', { OrderClose: close, Status: 4 });
    expect(answer.body.error).toMatchObject({
      code: '0x80040278',
      message: "The field 'subject' contains one or more invalid characters.",
    });
    expect(service.dataverse.rows('salesorders')).toMatchObject([{ statecode: 0 }]);
  });

  it.each(['\u0000', '\u0008', '\u000b', '\u001f', '\ufffe', '\uffff', HALF, '\udc00'])(
    'is %j too',
    async (name) => {
      const answer = await service.ask('POST', 'accounts', { name });
      expect(answer.body.error).toMatchObject({ code: '0x80040278' });
    },
  );

  it('is nothing that people write: tabs, lines, emoji, C1 controls, right-to-left marks', async () => {
    const name = 'a\tb\r\nc 😀 \u007f\u0085 \u200f é ﷐ \ufffd';
    expect((await service.ask('PATCH', `accounts(${ID})`, { name })).status).toBe(204);
    expect(service.dataverse.rows('accounts')).toMatchObject([{ name }]);
  });

  it('is what the XML recommendation says, for any code unit', async () => {
    const isXml = (code: number): boolean =>
      [0x9, 0xa, 0xd].includes(code) ||
      (code >= 0x20 && code <= 0xd7ff) ||
      (code >= 0xe000 && code <= 0xfffd);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 0xffff }), async (code) => {
        const body = { name: `x${String.fromCharCode(code)}` };
        const { status } = await service.ask('PATCH', `accounts(${ID})`, body);
        expect(status).toBe(isXml(code) ? 204 : 400);
      }),
    );
  });
});

describe('multi-select columns', () => {
  const path = `surveys(${ID})`;
  const answerTo = async (value: unknown): Promise<number> =>
    (await service.ask('PATCH', path, { colours: value })).status;

  beforeEach(async () => {
    service.dataverse.addTable(
      table({
        name: 'survey',
        schemaName: 'Survey',
        label: 'Survey',
        entitySet: 'surveys',
        objectTypeCode: 10_900,
        columns: [multiChoice('colours', { 0: 'None', 1: 'Red', 9: 'Blue' })],
      }),
    );
    service.dataverse.insert('surveys', [{ surveyid: ID, colours: '1' }]);
  });

  it.each([
    ['1,9', '1,9'],
    [' 1, 9', '1,9'],
    [null, null],
  ])('take %j', async (value, stored) => {
    expect(await answerTo(value)).toBe(204);
    expect(service.dataverse.rows('surveys')).toMatchObject([{ colours: stored }]);
  });

  it.each([[[]], [[1, 9]], [''], [' '], ['1,,9'], ['1,'], ['Red'], [1], ['7']])(
    'refuse %j',
    async (value) => {
      expect(await answerTo(value)).toBe(400);
      expect(service.dataverse.rows('surveys')).toMatchObject([{ colours: '1' }]);
    },
  );

  it('are cleared by empty text where the switch says so', async () => {
    service.dataverse.switches.emptyChoices = 'clear';
    expect(await answerTo('')).toBe(204);
    expect(await answerTo([])).toBe(400);
  });
});
