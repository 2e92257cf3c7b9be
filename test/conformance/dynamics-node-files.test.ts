/** Files of Dynamics 365 there and back, through n8n's own binary data. */
import { Readable } from 'node:stream';

import { BinaryDataService } from 'n8n-core';
import type { INodeExecutionData } from 'n8n-workflow';

import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { editorContext } from '../engine';
import { dataverseClient } from './dataverse-on-sandbox';
import { byId, byName, useDynamics } from './dynamics-on-sandbox';

const dynamics = useDynamics();

async function addColumn(kind: 'File' | 'Image', name: string, own: object): Promise<void> {
  const answer = await dataverseClient(dynamics.sandbox).request({
    method: 'POST',
    path: "EntityDefinitions(LogicalName='account')/Attributes",
    body: {
      '@odata.type': `Microsoft.Dynamics.CRM.${kind}AttributeMetadata`,
      SchemaName: name,
      ...own,
    },
  });
  expect(answer.status).toBe(204);
}

const binary = (content: Buffer, fileName: string, mimeType: string) => ({
  data: { data: content.toString('base64'), fileName, mimeType },
});

const on = (id: string, operation: string, more: object = {}) => ({
  resource: 'row',
  operation,
  table: byName('account'),
  row: byId(id),
  fileColumn: 'new_scan',
  ...more,
});

const contentOf = (item: INodeExecutionData | undefined): Buffer =>
  Buffer.from(item?.binary?.data?.data ?? '', 'base64');

test('a file of several blocks comes back as it went', async () => {
  await addColumn('File', 'new_Scan', { MaxSizeInKB: 20_000 });
  const id = dynamics.insert('accounts', { name: 'Contoso' });
  const content = Buffer.alloc(9 * 1024 * 1024 + 1, 'block by block ');
  const sent = await dynamics.run(on(id, 'uploadFile'), [{}], {
    binary: binary(content, 'größer.pdf', 'application/pdf'),
  });
  expect(sent.output()).toEqual([
    { id: expect.any(String), name: 'größer.pdf', size: content.length },
  ]);
  const got = await dynamics.run(on(id, 'downloadFile'), [{ order: 7 }]);
  expect(got.output()).toEqual([
    { order: 7, fileName: 'größer.pdf', size: content.length, mimeType: 'application/pdf' },
  ]);
  expect(contentOf(got.items('Node')[0]).equals(content)).toBe(true);
});

test('a row is found by an alternate key too, and emptied once', async () => {
  await addColumn('File', 'new_Scan', { MaxSizeInKB: 20 });
  const id = dynamics.insert('accounts', { name: 'Contoso', accountnumber: 'C-1' });
  const key = {
    keyType: 'alternateKey',
    keyValues: { columns: [{ name: 'accountnumber', value: 'C-1' }] },
  };
  const file = { binary: binary(Buffer.from('text'), 'a.txt', 'text/plain') };
  await dynamics.run(on('', 'uploadFile', key), [{}], file);
  expect(dynamics.row('accounts', id)).toMatchObject({ new_scan_name: 'a.txt' });
  const deleted = await dynamics.run(on('', 'deleteFile', key));
  expect(deleted.output()).toEqual([{ deleted: true }]);
  expect(dynamics.row('accounts', id)).toMatchObject({ new_scan_name: null });
  const none = await dynamics.run(on(id, 'downloadFile'));
  expect(none.output()).toMatchObject([{ details: { class: 'not-found' } }]);
});

/** Files that n8n keeps outside of its memory: how many were opened, and the most that were open at a time. */
function keptOutside(content: Buffer) {
  const seen = { opened: 0, open: 0, most: 0 };
  jest.spyOn(BinaryDataService.prototype, 'getAsStream').mockImplementation(async () => {
    seen.opened++;
    seen.most = Math.max(seen.most, ++seen.open);
    const stream = Readable.from([content]);
    stream.once('close', () => seen.open--);
    return stream;
  });
  const file = { id: 'filesystem-v2:a', data: '', fileName: 'a.txt', mimeType: 'text/plain' };
  return { seen, binary: { data: file } };
}

describe('files of many items', () => {
  afterEach(() => jest.restoreAllMocks());

  test('are opened when their turn comes, and closed', async () => {
    await addColumn('File', 'new_Scan', { MaxSizeInKB: 20 });
    const items = Array.from({ length: 50 }, (_, place) => ({
      id: dynamics.insert('accounts', { name: `Account ${place}` }),
    }));
    const { seen, binary } = keptOutside(Buffer.from('text'));
    const sent = await dynamics.run(on('={{ $json.id }}', 'uploadFile'), items, { binary });
    expect(sent.output().map(({ name, size }) => [name, size])).toEqual(
      items.map(() => ['a.txt', 4]),
    );
    expect(seen).toMatchObject({ opened: 50, open: 0 });
    expect(seen.most).toBeLessThanOrEqual(4);
  });

  test('stay closed where the row is not there', async () => {
    await addColumn('File', 'new_Scan', { MaxSizeInKB: 20 });
    const { seen, binary } = keptOutside(Buffer.from('text'));
    const nowhere = '00000000-0000-4000-8000-000000000001';
    const sent = await dynamics.run(on(nowhere, 'uploadFile'), [{}, {}], { binary });
    const failed = { details: { class: 'not-found' } };
    expect(sent.output()).toMatchObject([failed, failed]);
    expect(seen.opened).toBe(0);
  });
});

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('a picture is a file too', async () => {
  await addColumn('Image', 'new_Photo', { MaxSizeInKB: 20, CanStoreFullImage: true });
  const id = dynamics.insert('accounts', { name: 'Contoso' });
  const photo = { fileColumn: 'new_photo' };
  const sent = await dynamics.run(on(id, 'uploadFile', photo), [{}], {
    binary: binary(png, 'a.png', 'image/png'),
  });
  expect(sent.output()).toMatchObject([{ size: png.length }]);
  const got = await dynamics.run(on(id, 'downloadFile', photo));
  expect(contentOf(got.items('Node')[0]).equals(png)).toBe(true);
});

test('of a picture that its column does not keep in full the thumbnail comes', async () => {
  const id = dynamics.insert('accounts', { name: 'Contoso' });
  const photo = { fileColumn: 'entityimage' };
  const none = await dynamics.run(on(id, 'downloadFile', photo));
  expect(none.output()).toMatchObject([{ details: { class: 'not-found' } }]);
  await dynamics.run(on(id, 'uploadFile', photo), [{}], {
    binary: binary(png, 'a.png', 'image/png'),
  });
  const got = await dynamics.run(on(id, 'downloadFile', photo));
  expect(got.output()).toEqual([
    { fileName: 'entityimage.png', size: png.length, mimeType: 'image/png', thumbnail: true },
  ]);
  expect(contentOf(got.items('Node')[0]).equals(png)).toBe(true);
});

test('what cannot be sent is said', async () => {
  await addColumn('File', 'new_Scan', { MaxSizeInKB: 1 });
  const id = dynamics.insert('accounts', { name: 'Contoso' });
  const text = binary(Buffer.from('text'), 'a.txt', 'text/plain');
  const failed = async (parameters: object, more: object) =>
    (await dynamics.run(on(id, 'uploadFile', parameters), [{}], more)).output()[0];
  expect(await failed({ fileColumn: 'name' }, { binary: text })).toMatchObject({
    error: '"name" is no file column of account',
    details: { class: 'validation', fix: expect.stringContaining('new_scan') },
  });
  expect(await failed({ inputField: 'other' }, { binary: text })).toMatchObject({
    error: 'The input item has no file in the field "other"',
  });
  const large = binary(Buffer.alloc(2048), 'a.bin', 'application/octet-stream');
  expect(await failed({}, { binary: large })).toMatchObject({
    error: expect.stringMatching(/^The file is larger than its column takes/),
    details: { class: 'validation' },
  });
});

test('the editor lists the columns that take files', async () => {
  await addColumn('File', 'new_Scan', { MaxSizeInKB: 1 });
  const node = new Dynamics365();
  const columns = await node.methods.loadOptions.getFileColumns.call(
    editorContext({
      nodeType: node,
      parameters: { resource: 'row', operation: 'uploadFile', table: byName('account') },
      ...dynamics.shared(),
    }),
  );
  expect(columns.map(({ value }) => value)).toEqual(
    expect.arrayContaining(['entityimage', 'new_scan']),
  );
  expect(columns.map(({ value }) => value)).not.toContain('name');
});
