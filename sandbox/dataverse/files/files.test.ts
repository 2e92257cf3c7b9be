import { testService, type Answer, type TestService } from '../test-service';

/** Source: Dataverse docs, file-column-data and image-column-data. */

const ID = '55555555-5555-4555-8555-555555555555';
const TARGET = { accountid: ID, '@odata.type': 'Microsoft.Dynamics.CRM.account' };
const FILE = `accounts(${ID})/new_contract`;
const BYTES = { 'content-type': 'application/octet-stream' };
const PDF = Buffer.from([0x25, 0x50, 0x44, 0x46, 0, 0xff, 0xfe, 0x0a]);
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let service: TestService;

beforeEach(async () => {
  service = testService();
  service.dataverse.insert('accounts', [{ accountid: ID, name: 'One' }]);
  await attribute('File', 'new_Contract', { MaxSizeInKB: 8 });
  await attribute('Image', 'new_Photo', { MaxSizeInKB: 8, CanStoreFullImage: true });
});

afterEach(() => service.dataverse.app.close());

const attribute = async (kind: string, SchemaName: string, own: object) => {
  const body = {
    '@odata.type': `Microsoft.Dynamics.CRM.${kind}AttributeMetadata`,
    SchemaName,
    ...own,
  };
  const path = "EntityDefinitions(LogicalName='account')/Attributes";
  expect((await service.ask('POST', path, body)).status).toBe(204);
};

const upload = (bytes: Buffer, headers: Record<string, string> = {}, path = FILE) =>
  service.ask('PATCH', path, bytes, { ...BYTES, 'x-ms-file-name': 'a.pdf', ...headers });

const row = async (select: string): Promise<Answer['body']> =>
  (await service.ask('GET', `accounts(${ID})?$select=${select}`)).body;

const attachments = () => service.dataverse.rows('fileattachments') ?? [];

describe('a file column', () => {
  it('takes a file in one request and gives it back whole, with its name, size and type', async () => {
    const before = (await row('name'))['@odata.etag'];
    expect((await upload(PDF)).status).toBe(204);
    const answer = await service.ask('GET', `${FILE}/$value`);
    expect(answer).toMatchObject({
      status: 200,
      bytes: PDF,
      headers: {
        'x-ms-file-size': '8',
        'x-ms-file-name': 'a.pdf',
        mimetype: 'application/pdf',
        'content-type': 'application/octet-stream',
        'access-control-expose-headers': 'x-ms-file-size; x-ms-file-name; mimetype',
      },
    });
    const stored = await row('new_contract,new_contract_name');
    expect(stored).toMatchObject({
      new_contract: attachments()[0]?.fileattachmentid,
      new_contract_name: 'a.pdf',
    });
    expect(stored['@odata.etag']).not.toBe(before);
  });

  it('is a property in base64 without $value', async () => {
    await upload(PDF);
    const answer = await service.ask('GET', FILE);
    expect(answer.body).toMatchObject({ value: PDF.toString('base64') });
    expect(answer.headers['content-disposition']).toContain('filename="a.pdf"');
  });

  it('tells of its files by a relationship, and finds rows that have one', async () => {
    await upload(PDF);
    const expand =
      'account_FileAttachments($select=mimetype,filesizeinbytes,filename,regardingfieldname)';
    const filter = 'new_contract ne null';
    const { body } = await service.ask(
      'GET',
      `accounts?$filter=${filter}&$select=accountid&$expand=${expand}`,
    );
    expect(body.value).toMatchObject([
      {
        accountid: ID,
        account_FileAttachments: [
          {
            mimetype: 'application/pdf',
            filesizeinbytes: 8,
            filename: 'a.pdf',
            regardingfieldname: 'new_contract',
          },
        ],
      },
    ]);
    expect(JSON.stringify(body)).not.toContain(PDF.toString('base64'));
  });

  it('comes in pieces', async () => {
    await upload(PDF);
    const answer = await service.ask('GET', `${FILE}/$value`, undefined, { range: 'bytes=2-5' });
    expect(answer).toMatchObject({
      status: 206,
      bytes: PDF.subarray(2, 6),
      headers: { 'x-ms-file-size': '8', 'x-ms-chunk-size': '4194304' },
    });
    const rest = await service.ask('GET', `${FILE}/$value`, undefined, { range: 'bytes=6-99' });
    expect(rest.bytes).toEqual(PDF.subarray(6));
    for (const range of ['bytes=8-9', 'bytes=3-2', 'lines=1-2']) {
      expect((await service.ask('GET', `${FILE}/$value`, undefined, { range })).status).toBe(416);
    }
  });

  it('takes pieces in any order, and is set with the last', async () => {
    const begun = await service.ask(
      'PATCH',
      `${FILE}?x-ms-file-name=${encodeURIComponent('Vertrag Ü.pdf')}`,
      undefined,
      { 'x-ms-transfer-mode': 'chunked' },
    );
    expect(begun).toMatchObject({
      status: 200,
      headers: { 'x-ms-chunk-size': '4194304', 'accept-ranges': 'bytes' },
    });
    const address = String(begun.headers.location).replace(/^.*v9\.2\//, '');
    expect(address).toMatch(new RegExp(`^accounts\\(${ID}\\)/new_contract\\?sessiontoken=.+`));
    const send = (start: number, end: number) =>
      service.ask('PATCH', address, PDF.subarray(start, end + 1), {
        ...BYTES,
        'content-range': `bytes ${start}-${end}/8`,
      });
    expect((await send(3, 5)).status).toBe(206);
    expect((await send(6, 7)).body.error).toMatchObject({
      message: 'The file has a gap at byte 0.',
    });
    expect((await send(0, 2)).status).toBe(206);
    expect((await row('new_contract')).new_contract).toBeNull();
    expect((await send(6, 7)).status).toBe(204);
    expect((await service.ask('GET', `${FILE}/$value`)).bytes).toEqual(PDF);
    expect(await row('new_contract_name')).toMatchObject({ new_contract_name: 'Vertrag Ü.pdf' });
    expect((await send(0, 2)).status).toBe(400);
  });

  it('replaces a file, and is emptied by DELETE', async () => {
    await upload(PDF);
    await upload(PNG, { 'x-ms-file-name': 'b.png' });
    expect(attachments()).toMatchObject([{ filename: 'b.png', mimetype: 'image/png' }]);
    expect((await service.ask('DELETE', FILE)).status).toBe(204);
    expect(attachments()).toEqual([]);
    expect(await row('new_contract,new_contract_name')).toMatchObject({
      new_contract: null,
      new_contract_name: null,
    });
    expect((await service.ask('GET', `${FILE}/$value`)).status).toBe(204);
  });

  it('loses its file with the row', async () => {
    await upload(PDF);
    await service.ask('DELETE', `accounts(${ID})`);
    expect(attachments()).toEqual([]);
  });

  it('takes a file of no bytes', async () => {
    expect((await upload(Buffer.alloc(0))).status).toBe(204);
    expect((await service.ask('GET', `${FILE}/$value`)).headers['x-ms-file-size']).toBe('0');
  });

  it.each<[string, () => Promise<Answer>, number, string]>([
    ['larger than it may be', () => upload(Buffer.alloc(8193)), 400, '0x80044a02'],
    ['without a name', () => upload(PDF, { 'x-ms-file-name': '' }), 400, '0x80040203'],
    [
      'that is not sent as bytes',
      () => service.ask('PATCH', FILE, { value: 'x' }, { 'x-ms-file-name': 'a.pdf' }),
      415,
      '',
    ],
    [
      'for a row that is not there',
      () => upload(PDF, {}, FILE.replace('5', '6')),
      404,
      '0x80040217',
    ],
    [
      'as a value of the row',
      () => service.ask('PATCH', `accounts(${ID})`, { new_contract: PDF.toString('base64') }),
      400,
      '0x80040203',
    ],
    [
      'by null in the row',
      () => service.ask('PATCH', `accounts(${ID})`, { new_contract: null }),
      400,
      '0x80040203',
    ],
    ['by PUT', () => service.ask('PUT', FILE, { value: null }), 400, '0x80040203'],
  ])('takes no file %s', async (_what, ask, status, code) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatchObject({ code });
    expect(attachments()).toEqual([]);
  });

  it('is described by its metadata', async () => {
    const path = "EntityDefinitions(LogicalName='account')/Attributes(LogicalName='new_contract')";
    const cast = `${path}/Microsoft.Dynamics.CRM.FileAttributeMetadata?$select=MaxSizeInKB`;
    expect((await service.ask('GET', cast)).body).toMatchObject({ MaxSizeInKB: 8 });
    expect((await service.ask('GET', path)).body).toMatchObject({
      AttributeType: 'Virtual',
      AttributeTypeName: { Value: 'FileType' },
      IsValidForCreate: false,
      IsValidForUpdate: false,
    });
    const name = path.replace('contract', 'contract_name');
    expect((await service.ask('GET', name)).body).toMatchObject({ AttributeOf: 'new_contract' });
    await service.ask('DELETE', path);
    expect((await service.ask('GET', name)).status).toBe(404);
  });
});

describe('messages', () => {
  const about = { Target: TARGET, FileAttributeName: 'new_contract' };

  it('upload a file in blocks, download it, and delete it by its id', async () => {
    const begun = await service.ask('POST', 'InitializeFileBlocksUpload', {
      ...about,
      FileName: 'c.txt',
    });
    const { FileContinuationToken } = begun.body;
    for (const [BlockId, part] of [
      ['Mg==', PDF.subarray(4)],
      ['MQ==', PDF.subarray(0, 4)],
    ] as const) {
      const block = { BlockId, BlockData: part.toString('base64'), FileContinuationToken };
      expect((await service.ask('POST', 'UploadBlock', block)).status).toBe(204);
    }
    const commit = {
      FileName: 'c.txt',
      MimeType: 'text/x-own',
      BlockList: ['MQ==', 'Mg=='],
      FileContinuationToken,
    };
    const { body } = await service.ask('POST', 'CommitFileBlocksUpload', commit);
    expect(body).toMatchObject({ FileSizeInBytes: 8, FileId: attachments()[0]?.fileattachmentid });
    expect(attachments()).toMatchObject([{ filename: 'c.txt', mimetype: 'text/x-own' }]);

    const download = await service.ask('POST', 'InitializeFileBlocksDownload', about);
    expect(download.body).toMatchObject({
      FileSizeInBytes: 8,
      FileName: 'c.txt',
      IsChunkingSupported: true,
    });
    const piece = await service.ask('POST', 'DownloadBlock', {
      Offset: 2,
      BlockLength: 3,
      FileContinuationToken: download.body.FileContinuationToken,
    });
    expect(piece.body.Data).toBe(PDF.subarray(2, 5).toString('base64'));

    expect((await service.ask('POST', 'DeleteFile', { FileId: body.FileId })).status).toBe(204);
    expect(attachments()).toEqual([]);
    expect((await service.ask('POST', 'InitializeFileBlocksDownload', about)).status).toBe(404);
    expect((await service.ask('POST', 'DeleteFile', { FileId: body.FileId })).status).toBe(404);
  });

  it('give the blocks of the file that was there when its download began', async () => {
    await upload(PDF);
    const { body } = await service.ask('POST', 'InitializeFileBlocksDownload', about);
    await upload(Buffer.from('another file'));
    const block = { Offset: 0, BlockLength: 99, FileContinuationToken: body.FileContinuationToken };
    const piece = await service.ask('POST', 'DownloadBlock', block);
    expect(piece.body.Data).toBe(PDF.toString('base64'));
  });

  it.each([
    ['a block that was not sent', { BlockList: ['MQ=='] }, "block 'MQ=='"],
    ['another token', { FileContinuationToken: 'x', BlockList: [] }, 'token is not valid'],
  ])('do not commit %s', async (_what, wrong, says) => {
    const { body } = await service.ask('POST', 'InitializeFileBlocksUpload', {
      ...about,
      FileName: 'c.txt',
    });
    const { FileContinuationToken } = body;
    const commit = { FileName: 'c.txt', MimeType: 'text/plain', FileContinuationToken, ...wrong };
    const answer = await service.ask('POST', 'CommitFileBlocksUpload', commit);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ message: expect.stringContaining(says) });
    expect(attachments()).toEqual([]);
  });
});

describe('an image column', () => {
  const picture = PNG.toString('base64');

  it('is set with the row and shown to who asks for it, with an address of its own', async () => {
    const body = { entityimage: picture, new_photo: picture };
    expect((await service.ask('PATCH', `accounts(${ID})`, body)).status).toBe(204);
    const shown = await row('entityimage,entityimageid,entityimage_url,entityimage_timestamp');
    expect(shown.entityimage).toBe(picture);
    expect(shown.entityimage_url).toBe(
      `/Image/download.aspx?Entity=account&Attribute=entityimage&Id=${String(shown.entityimageid)}` +
        `&Timestamp=${String(shown.entityimage_timestamp)}`,
    );
    expect(Object.keys((await service.ask('GET', `accounts(${ID})`)).body)).not.toContain(
      'entityimage',
    );
    const small = await service.ask('GET', `accounts(${ID})/entityimage/$value`);
    expect(small).toMatchObject({ status: 200, bytes: PNG, headers: { mimetype: 'image/png' } });
  });

  it('keeps the picture in full only where it is made for it', async () => {
    await service.ask('PATCH', `accounts(${ID})`, { entityimage: picture, new_photo: picture });
    const full = (column: string) =>
      service.ask('GET', `accounts(${ID})/${column}/$value?size=full`);
    expect(await full('new_photo')).toMatchObject({ status: 200, bytes: PNG });
    expect((await full('entityimage')).status).toBe(204);
    expect(attachments()).toMatchObject([{ regardingfieldname: 'new_photo' }]);
    const asked = { Target: TARGET, FileAttributeName: 'entityimage' };
    const { entityimageid } = await row('entityimageid');
    const refused = await service.ask('POST', 'InitializeFileBlocksDownload', asked);
    expect(refused.body.error).toMatchObject({
      code: '0x80040217',
      message: `No FileAttachment records found for imagedescriptorId: ${String(entityimageid)} for image attribute: entityimage of account record with id ${ID}.`,
    });
  });

  it('is uploaded as a file is', async () => {
    expect((await upload(PNG, {}, `accounts(${ID})/new_photo`)).status).toBe(204);
    expect((await row('new_photo')).new_photo).toBe(picture);
  });

  it.each<[string, () => Promise<Answer>]>([
    ['PATCH', () => service.ask('PATCH', `accounts(${ID})`, { new_photo: null })],
    ['PUT', () => service.ask('PUT', `accounts(${ID})/new_photo`, { value: null })],
    ['DELETE', () => service.ask('DELETE', `accounts(${ID})/new_photo`)],
  ])('is emptied by %s', async (_how, empty) => {
    await service.ask('PATCH', `accounts(${ID})`, { new_photo: picture });
    expect((await empty()).status).toBe(204);
    expect(await row('new_photo,new_photo_url')).toMatchObject({
      new_photo: null,
      new_photo_url: null,
    });
    expect(attachments()).toEqual([]);
  });

  it('comes with a new row only where it is the picture of the table', async () => {
    const made = await service.ask('POST', 'accounts', { name: 'Two', entityimage: picture });
    expect(made.status).toBe(204);
    const refused = await service.ask('POST', 'accounts', { name: 'Three', new_photo: picture });
    expect(refused.body.error).toMatchObject({ code: '0x80090487' });
    expect(service.dataverse.rows('accounts')).toHaveLength(2);
  });

  it.each([
    ['no picture', PDF, '0x80072553'],
    ['a picture that is too large', Buffer.concat([PNG, Buffer.alloc(9000)]), '0x80072553'],
  ])('takes %s neither with the row nor by itself', async (_what, bytes, code) => {
    const inRow = { new_photo: bytes.toString('base64') };
    const answers = [
      await service.ask('PATCH', `accounts(${ID})`, inRow),
      await upload(bytes, {}, `accounts(${ID})/new_photo`),
    ];
    for (const { status, body } of answers) {
      expect({ status, body }).toMatchObject({ status: 400, body: { error: { code } } });
    }
    const text = await service.ask('PATCH', `accounts(${ID})`, { new_photo: 'not base64!' });
    expect(text.status).toBe(400);
  });

  it('is described by its metadata', async () => {
    const path = "EntityDefinitions(LogicalName='account')";
    const cast = `${path}/Attributes(LogicalName='new_photo')/Microsoft.Dynamics.CRM.ImageAttributeMetadata`;
    expect((await service.ask('GET', cast)).body).toMatchObject({
      MaxSizeInKB: 8,
      CanStoreFullImage: true,
      IsPrimaryImage: false,
      AttributeTypeName: { Value: 'ImageType' },
    });
    const table = await service.ask('GET', `${path}?$select=PrimaryImageAttribute`);
    expect(table.body).toMatchObject({ PrimaryImageAttribute: 'entityimage' });
  });
});

it('a change set that fails takes files back', async () => {
  await upload(PDF);
  const picture = { new_photo: PNG.toString('base64') };
  const part = (request: string, body: object, id: string) =>
    `--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: ${id}\r\n\r\n` +
    `${request} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(body)}\r\n`;
  const body =
    '--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n' +
    part(`PATCH accounts(${ID})`, picture, '1') +
    part(`PATCH accounts(${ID})`, { nothing: 1 }, '2') +
    '--c--\r\n\r\n--b--\r\n';
  const type = { 'content-type': 'multipart/mixed; boundary=b' };
  expect((await service.ask('POST', '$batch', body, type)).status).toBe(400);
  expect(attachments()).toMatchObject([{ filename: 'a.pdf' }]);
  expect((await row('new_photo')).new_photo).toBeNull();
});
