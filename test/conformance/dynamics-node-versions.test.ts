/** Rows of Dynamics 365 that are changed only where nobody has changed them since they were read. */
import { byId, byName, useDynamics } from './dynamics-on-sandbox';

const dynamics = useDynamics();
const TABLE = { resource: 'row', table: byName('account') };
const ROW = byId('={{ $json.accountid }}');

const read = async (...ids: string[]) =>
  (
    await dynamics.run(
      { ...TABLE, operation: 'get', row: ROW, options: { etag: true, select: 'name' } },
      ids.map((accountid) => ({ accountid })),
    )
  ).output();

const update = {
  ...TABLE,
  operation: 'update',
  columnsSource: 'field',
  columnsField: 'change',
  row: ROW,
  options: { ifMatchField: '@odata.etag' },
};

test('the version of a row comes where it is asked for, and only there', async () => {
  const id = dynamics.insert('accounts', { name: 'Contoso' });
  const [row] = await read(id);
  expect(row).toEqual({
    accountid: id,
    name: 'Contoso',
    '@odata.etag': expect.stringMatching(/^W\/"\d+"$/),
  });
  const many = await dynamics.run({ ...TABLE, operation: 'getAll', options: { etag: true } });
  expect(many.output()).toMatchObject([{ '@odata.etag': row?.['@odata.etag'] }]);
  const plain = await dynamics.run({ ...TABLE, operation: 'getAll' });
  expect(Object.keys(plain.output()[0] ?? {})).not.toContain('@odata.etag');
});

test('a row is written where it is as it was read, and is a conflict where it is not', async () => {
  const ids = ['Contoso', 'Fabrikam'].map((name) => dynamics.insert('accounts', { name }));
  const rows = await read(...ids);
  await dynamics.run({ ...update, options: {} }, [
    { accountid: ids[1], change: { telephone1: '1' } },
  ]);
  const written = await dynamics.run(
    update,
    rows.map((row) => ({ ...row, change: { name: 'New' } })),
  );
  expect(written.output()).toMatchObject([
    { outcome: 'updated' },
    {
      error: expect.stringMatching(/^The row has been changed by somebody else/),
      details: { class: 'conflict', fix: expect.stringMatching(/^Read the row again/) },
    },
  ]);
  expect(ids.map((id) => dynamics.row('accounts', id)?.name)).toEqual(['New', 'Fabrikam']);
});

test('of two items with the same version of a row only one is written', async () => {
  const id = dynamics.insert('accounts', { name: 'Contoso' });
  const [row] = await read(id);
  const written = await dynamics.run(
    update,
    ['One', 'Other'].map((name) => ({ ...row, change: { name } })),
  );
  const outcomes = written.output().map(({ outcome, details }) => outcome ?? details);
  expect(outcomes).toEqual(
    expect.arrayContaining(['updated', expect.objectContaining({ class: 'conflict' })]),
  );
});

test('a row is deleted only where it is as it was read', async () => {
  const ids = ['Contoso', 'Fabrikam'].map((name) => dynamics.insert('accounts', { name }));
  const rows = await read(...ids);
  await dynamics.run({ ...update, options: {} }, [
    { accountid: ids[1], change: { telephone1: '1' } },
  ]);
  const deleted = await dynamics.run(
    { ...TABLE, operation: 'delete', row: ROW, options: { ifMatchField: '@odata.etag' } },
    rows,
  );
  expect(deleted.output()).toMatchObject([{ deleted: true }, { details: { class: 'conflict' } }]);
  expect(ids.map((id) => dynamics.row('accounts', id)?.name)).toEqual([undefined, 'Fabrikam']);
});

test('a version may stand among the columns, and none is an error that says where it comes from', async () => {
  const id = dynamics.insert('accounts', { name: 'Contoso' });
  const [row] = await read(id);
  const written = await dynamics.run({ ...update, columnsField: 'row', row: byId(id) }, [
    { row: { ...row, name: 'New' } },
    { row: { name: 'Newer' } },
  ]);
  expect(written.output()).toMatchObject([
    { outcome: 'updated' },
    {
      error: 'The field "@odata.etag" of this item holds no version of the row',
      details: { class: 'validation', fix: expect.stringContaining('Include ETag') },
    },
  ]);
  expect(dynamics.row('accounts', id)?.name).toBe('New');
});
