import type { Metadata, Table } from '../../../core/dynamics/tables';
import { foundTable } from './candidates';
import type { Subject } from './service';

const STOCK: Subject = {
  noun: 'stock',
  plural: 'stock levels',
  candidates: [
    { logicalName: 'new_stock', from: 'a custom table' },
    { logicalName: 'msdyn_productinventory', from: 'Field Service' },
  ],
  whenNone: 'Install Field Service.',
};

const environment = (...names: string[]) => {
  const existing = jest.fn(async (wanted: readonly string[]) =>
    wanted.filter((name) => names.includes(name)).map((name) => ({ logicalName: name }) as Table),
  );
  return { existing, metadata: { existing } as unknown as Metadata };
};

test('the first of the candidates that is there is taken, by one question', async () => {
  const { metadata, existing } = environment('msdyn_productinventory', 'account');
  const table = await foundTable(metadata, STOCK);
  expect(table.logicalName).toBe('msdyn_productinventory');
  expect(existing.mock.calls).toEqual([[['new_stock', 'msdyn_productinventory']]]);
});

test('where none is there the message names what was looked for, and the repair', async () => {
  await expect(foundTable(environment('account').metadata, STOCK)).rejects.toMatchObject({
    message:
      'This environment has no table for stock levels: new_stock (a custom table) or msdyn_productinventory (Field Service)',
    class: 'configuration',
    fix: 'Install Field Service. Or choose another table in Table.',
  });
});
