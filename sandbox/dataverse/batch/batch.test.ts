import { BATCH_TYPE, batchBody, ROOT, testService, type TestService } from '../test-service';
import { boundaryOf, parseRequest, splitParts } from '../../odata/batch/multipart';

let service: TestService;

beforeEach(() => {
  service = testService();
});

afterEach(() => service.dataverse.app.close());

const run = (
  entries: Parameters<typeof batchBody>[0],
  headers: Record<string, string> = {},
): ReturnType<TestService['ask']> =>
  service.ask('POST', '$batch', batchBody(entries), { ...BATCH_TYPE, ...headers });

const statuses = (text: string): number[] =>
  [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map((match) => Number(match[1]));

const names = (): unknown[] => service.dataverse.rows('accounts')?.map((row) => row.name) ?? [];

const account = (name: string, accountnumber?: string) => ({
  request: 'POST /api/data/v9.2/accounts',
  body: { name, ...(accountnumber ? { accountnumber } : {}) },
});

describe('reading multipart', () => {
  it.each([
    ['multipart/mixed;boundary=batch_1', 'batch_1'],
    ['multipart/mixed; boundary="batch 1"', 'batch 1'],
    ['Multipart/Mixed; charset=utf-8; Boundary=batch_1;', 'batch_1'],
  ])('takes the boundary of %s', (type, boundary) => {
    expect(boundaryOf(type)).toBe(boundary);
  });

  it('does not take a longer boundary for its own, nor text inside a body', () => {
    const body = '--b\r\nA: 1\r\n\r\nx --b y\r\n--b2\r\nz\r\n--b--\r\n';
    expect(splitParts(body, 'b', 'crlf')).toEqual([
      { headers: { a: '1' }, content: 'x --b y\r\n--b2\r\nz' },
    ]);
  });

  it('takes bare line feeds, a preamble and a missing end where the service does', () => {
    const body = 'preamble\n--b\nContent-Type: application/http\n\nGET accounts HTTP/1.1\n\n';
    const [part] = splitParts(body, 'b', 'any');
    expect(part && parseRequest(part, 'any')).toMatchObject({ method: 'GET', url: 'accounts' });
  });

  it('reads headers in any case and a body after them', () => {
    const content = '\r\nPATCH /x HTTP/1.1\r\nIF-MATCH: *\r\nPrefer: a\r\nprefer: b\r\n\r\n{"a":1}';
    expect(parseRequest({ headers: {}, content }, 'crlf')).toEqual({
      method: 'PATCH',
      url: '/x',
      headers: { 'if-match': '*', prefer: 'a,b' },
      body: '{"a":1}',
    });
  });
});

describe('a batch', () => {
  it('answers every part in order, with absolute, rooted and relative addresses', async () => {
    const answer = await run([
      account('One'),
      { request: `POST ${ROOT}accounts`, body: { name: 'Two' } },
      { request: 'POST accounts', body: { name: 'Three' } },
      { request: 'GET accounts?$select=name&$orderby=name' },
    ]);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^multipart\/mixed; boundary=batchresponse_/);
    expect(statuses(answer.text)).toEqual([204, 204, 204, 200]);
    expect(answer.text).toContain('"name":"Three"');
  });

  it('stops at the first failure, with its status outside and its part inside', async () => {
    const answer = await run([
      account('One'),
      { request: 'POST accounts', body: { nickname: 1 } },
      account('Two'),
    ]);
    expect(answer.status).toBe(400);
    expect(statuses(answer.text)).toEqual([204, 400]);
    expect(answer.text).toContain('REQ_ID');
    expect(names()).toEqual(['One']);
  });

  it('goes on with odata.continue-on-error', async () => {
    const answer = await run(
      [{ request: 'POST accounts', body: { nickname: 1 } }, account('Two')],
      {
        prefer: 'odata.continue-on-error',
      },
    );
    expect(answer.status).toBe(200);
    expect(answer.headers['preference-applied']).toBe('odata.continue-on-error');
    expect(statuses(answer.text)).toEqual([400, 204]);
    expect(names()).toEqual(['Two']);
  });

  it('makes a change set whole or not at all', async () => {
    const answer = await run([
      [account('One', 'A'), { ...account('Two', 'A'), contentId: 'second' }],
    ]);
    expect(answer.status).toBe(412);
    expect(statuses(answer.text)).toEqual([412]);
    expect(answer.text).toContain('boundary=changesetresponse_');
    expect(answer.text.match(/^Content-ID: \w+$/gm)).toEqual(['Content-ID: second']);
    expect(names()).toEqual([]);
    // The keys of what was undone are free again.
    expect(
      (await service.ask('POST', 'accounts', { name: 'Three', accountnumber: 'A' })).status,
    ).toBe(204);
  });

  it('can answer a failed change set as one part', async () => {
    service.dataverse.switches.failedChangeSet = 'single';
    service.dataverse.switches.failedChangeSetContentId = false;
    const answer = await run([[{ ...account('One', 'A'), contentId: '1' }, account('Two', 'A')]]);
    expect(statuses(answer.text)).toEqual([412]);
    expect(answer.text).not.toMatch(/changesetresponse|Content-ID/);
  });

  const whole = batchBody([[{ ...account('One'), contentId: '1' }]]);

  it.each([
    ['line feeds alone', whole.replaceAll('\r\n', '\n')],
    [
      'one line feed alone before a delimiter',
      whole.replace('\r\n--changeset_x--', '\n--changeset_x--'),
    ],
    [
      'one line feed alone after a header',
      whole.replace('application/http\r\n', 'application/http\n'),
    ],
    ['one line feed alone after a request line', whole.replace('HTTP/1.1\r\n', 'HTTP/1.1\n')],
  ])('is refused with %s', async (_what, body) => {
    const answer = await service.ask('POST', '$batch', body, BATCH_TYPE);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ message: expect.stringContaining('CRLF') });
    expect(names()).toEqual([]);
  });

  it.each([
    ['no line end at the end', whole.replace(/\r\n$/, '')],
    ['no end', whole.slice(0, whole.indexOf('--batch_x--'))],
  ])('is taken with %s, unless the switch says otherwise', async (_what, body) => {
    expect((await service.ask('POST', '$batch', body, BATCH_TYPE)).status).toBe(200);
    service.dataverse.switches.batchLineEnds = 'strict';
    const answer = await service.ask('POST', '$batch', body, BATCH_TYPE);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ message: expect.stringContaining('CRLF') });
    expect(names()).toEqual(['One']);
  });

  it('is taken with line feeds alone where the switch says so', async () => {
    service.dataverse.switches.batchLineEnds = 'any';
    const body = whole.replaceAll('\r\n', '\n');
    expect((await service.ask('POST', '$batch', body, BATCH_TYPE)).status).toBe(200);
  });

  it('takes line feeds inside a body, and text before the first part', async () => {
    const body = JSON.stringify({ name: 'One' }, null, 2);
    const spaced = `preamble\r\n${whole.replace('{"name":"One"}', body)}`;
    expect((await service.ask('POST', '$batch', spaced, BATCH_TYPE)).status).toBe(200);
    expect(names()).toEqual(['One']);
  });

  it('resolves Content-IDs in addresses, bindings and @odata.id', async () => {
    const answer = await run([
      [
        { request: 'POST accounts', contentId: '1', body: { name: 'Parent' } },
        {
          request: 'POST contacts',
          contentId: '2',
          body: { lastname: 'Child', 'parentcustomerid_account@odata.bind': '$1' },
        },
        { request: 'PATCH $1', contentId: '3', body: { 'primarycontactid@odata.bind': '/$2' } },
        { request: 'PUT $1/parentaccountid/$ref', contentId: '4', body: { '@odata.id': '$1' } },
      ],
    ]);
    expect(statuses(answer.text)).toEqual([204, 204, 204, 204]);
    expect(answer.text.match(/^Content-ID: \d$/gm)).toHaveLength(4);
    const [row] = service.dataverse.rows('accounts') ?? [];
    expect(row).toMatchObject({
      _parentaccountid_value: row?.accountid,
      _primarycontactid_value: service.dataverse.rows('contacts')?.[0]?.contactid,
    });
  });

  it('names a Content-ID that does not exist yet', async () => {
    const answer = await run([[{ request: 'PATCH $3', contentId: '1', body: { name: 'x' } }]]);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(
      "Content-ID Reference: '$3' does not exist in the batch context.",
    );
  });

  it('refuses a GET in a change set, a nested batch, and more than 1,000 requests', async () => {
    const get = await run([[{ request: 'GET accounts' }]]);
    const nested = await run([{ request: 'POST $batch' }]);
    const many = await run(Array.from({ length: 1001 }, () => ({ request: 'GET WhoAmI' })));
    expect([get.status, nested.status, many.status]).toEqual([400, 400, 400]);
    expect(many.body).toMatchObject({ error: { message: expect.stringContaining('1000') } });
  });

  it('waits once per item for the rows that it wrote', async () => {
    const waits: number[] = [];
    service.context.faults.writes = async (_service, rows) => {
      waits.push(rows);
    };
    const line = {
      isproductoverridden: true,
      productdescription: 'x',
      quantity: 1,
      priceperunit: 1,
    };
    await run([
      account('One', 'A'),
      [
        {
          request: 'POST salesorders',
          body: {
            name: 'Order',
            'customerid_account@odata.bind': "/accounts(accountnumber='A')",
            order_details: [line, line, line],
          },
        },
      ],
    ]);
    expect(waits).toEqual([1, 4]);
  });
});
