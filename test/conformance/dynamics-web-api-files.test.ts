import type { DynamicsWebApi } from 'dynamics-web-api';

import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { createAccount, failureOf, independentClient, type Json } from './dynamics-web-api';

/** File and image columns as an independent client uses them: uploads in pieces, downloads by ranges. */

const COLUMN = 'new_contract';
/** More than two pieces of 4 MB, with every byte in it. */
const LARGE = Buffer.alloc(
  9 * 1024 * 1024 + 17,
  Buffer.from(Array.from({ length: 256 }, (_, i) => i)),
);
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let sandbox: RunningSandbox;
let api: DynamicsWebApi;
let key: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  api = independentClient(sandbox);
});
beforeEach(async () => {
  sandbox.reset();
  key = await createAccount(api);
  const definition = { entityKey: "LogicalName='account'" };
  await api.createAttribute({
    ...definition,
    data: {
      '@odata.type': 'Microsoft.Dynamics.CRM.FileAttributeMetadata',
      SchemaName: 'new_Contract',
      MaxSizeInKB: 16_384,
    } as never,
  });
  await api.createAttribute({
    ...definition,
    data: {
      '@odata.type': 'Microsoft.Dynamics.CRM.ImageAttributeMetadata',
      SchemaName: 'new_Photo',
      CanStoreFullImage: true,
    } as never,
  });
});
afterAll(() => sandbox.stop());

const attachments = () => sandbox.services.dataverse.rows('fileattachments') ?? [];

it.each([
  ['small', Buffer.from('Vertrag')],
  ['of several pieces', LARGE],
])('uploads a file and downloads the same: %s', async (_, data) => {
  const place = { collection: 'accounts', key, property: COLUMN };
  await api.uploadFile({ ...place, fileName: 'contract.pdf', data });
  expect(attachments()).toMatchObject([{ filename: 'contract.pdf', filesizeinbytes: data.length }]);
  const file = await api.downloadFile(place);
  expect(file).toMatchObject({ fileName: 'contract.pdf', fileSize: data.length });
  expect(Buffer.compare(Buffer.from(file.data as Uint8Array), data)).toBe(0);
});

it('deletes a file, and reads its name and id with the row', async () => {
  const place = { collection: 'accounts', key, property: COLUMN };
  await api.uploadFile({ ...place, fileName: 'contract.pdf', data: Buffer.from('x') });
  const select = [COLUMN, `${COLUMN}_name`];
  const before = await api.retrieve<Json>({ collection: 'accounts', key, select });
  expect(before).toMatchObject({
    [COLUMN]: attachments()[0]?.fileattachmentid,
    [`${COLUMN}_name`]: 'contract.pdf',
  });
  await api.deleteRecord(place);
  const after = await api.retrieve<Json>({ collection: 'accounts', key, select });
  expect(after).toMatchObject({ [COLUMN]: null, [`${COLUMN}_name`]: null });
});

it('sets a picture with the row and downloads it in full', async () => {
  const picture = { new_photo: PNG.toString('base64') };
  await api.update({ collection: 'accounts', key, data: picture });
  const file = await api.downloadFile({ collection: 'accounts', key, property: 'new_photo' });
  expect(Buffer.from(file.data as Uint8Array)).toEqual(PNG);
});

it('is told that a file is too large', async () => {
  const place = { collection: 'accounts', key, property: COLUMN };
  const data = Buffer.alloc(17 * 1024 * 1024);
  expect(await failureOf(api.uploadFile({ ...place, fileName: 'a.pdf', data }))).toMatchObject({
    status: 400,
    code: '0x80044a02',
    message: 'Attachment file size is too big.',
  });
  expect(attachments()).toEqual([]);
});
