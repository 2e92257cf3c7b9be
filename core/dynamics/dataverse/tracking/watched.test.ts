import type { Column } from '../../tables';
import { followedColumns } from './watched';

const columns = (...names: string[]): Column[] =>
  names.map((name) => ({ name, readable: true, type: 'string' })) as unknown as Column[];

const ORDER = { logicalName: 'salesorder', primaryId: 'salesorderid' };
const NONE = { watch: [], show: [] };

test('the columns for tracking are watched where an environment has them, whatever their prefix', () => {
  const all = columns('statecode', 'cts_trackingnumbers', 'cts_carrier', 'cts_shippedon', 'name');
  expect(followedColumns(ORDER, all, NONE).watched).toEqual([
    'statecode',
    'cts_trackingnumbers',
    'cts_carrier',
    'cts_shippedon',
  ]);
  expect(followedColumns(ORDER, columns('statecode', 'name'), NONE).watched).toEqual(['statecode']);
});

test('of a table that nothing is said of, all are watched, also those that are called like them', () => {
  const table = { logicalName: 'new_parcel', primaryId: 'new_parcelid' };
  expect(followedColumns(table, columns('new_carrier'), NONE).watched).toBeUndefined();
});
