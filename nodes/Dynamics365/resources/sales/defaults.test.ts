import { NodeHelpers } from 'n8n-workflow';

import { Dynamics365 } from '../../Dynamics365.node';

test('a sales order with lines is taken where Commerce Map puts it, with nothing set', () => {
  const { description } = new Dynamics365();
  const set = { resource: 'salesOrder', operation: 'upsert' };
  expect(
    NodeHelpers.getNodeParameters(
      description.properties,
      set,
      true,
      false,
      { typeVersion: 1 },
      description,
    ),
  ).toMatchObject({ columnsSource: 'field', columnsField: 'salesorder' });
});
