import { refuseShared, type SourceRecord } from './oneRecord';
import { SALES_ORDER } from './salesOrder';

const ROW = '5d1c6f0e-2b6c-5a51-8f6a-0c6a1e3f7b04';
const OTHER = '00000000-0000-4000-8000-000000000002';

const record = (id: string, kind = 'order'): SourceRecord => ({
  key: `xcart:main:${kind}:${id}`,
  number: `100${id}`,
});
const documents = (...ids: string[]) => ids.map((salesorderid) => ({ salesorderid }));
const messages = (...given: Parameters<typeof refuseShared>) =>
  refuseShared(...given).map((error) => error?.message);

test('the second order with the key of the first is refused, and names the column and both', () => {
  const all = documents(ROW, OTHER, `{${ROW.toUpperCase()}}`);
  const [first, second, third] = refuseShared(
    SALES_ORDER,
    all,
    ['1', '2', '3'].map((id) => record(id)),
  );
  expect([first, second]).toEqual([undefined, undefined]);
  expect(third).toMatchObject({
    class: 'validation',
    fix: expect.stringContaining('salesorderid'),
  });
  expect(third?.message).toContain(
    '"salesorderid" of order 1003 (xcart:main:order:3) is also that of order 1001 (xcart:main:order:1)',
  );
});

test('the same order again, and what nobody knows the record of, is written', () => {
  const all = documents(ROW, ROW, ROW);
  expect(messages(SALES_ORDER, all, [record('1'), record('1'), undefined])).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('a record of another kind may write to the row of an order', () => {
  const records = [record('1'), record('2', 'shipment')];
  expect(messages(SALES_ORDER, documents(ROW, ROW), records)).toEqual([undefined, undefined]);
});

test('a document whose key cannot be read is left to whoever reads it', () => {
  const all = [{ salesorderid: 'x' }, { salesorderid: 'x' }];
  expect(messages(SALES_ORDER, all, [record('1'), record('2')])).toEqual([undefined, undefined]);
});
