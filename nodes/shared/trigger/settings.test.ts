import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import type { StoreTriggerDefinition, TriggerStore } from './definition';
import { readSettings } from './settings';

const DEFINITION = {
  kinds: [{ type: { kind: 'order', many: 'orders' } }],
} as unknown as StoreTriggerDefinition<TriggerStore>;

function settings(options: IDataObject) {
  const parameters: IDataObject = { options };
  const context = {
    getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
  } as unknown as IPollFunctions;
  return readSettings(context, DEFINITION);
}

test('options that are not set have their usual values, and numbers may come as text', () => {
  expect(settings({})).toMatchObject({ catchUpMs: 86_400_000, overlapMs: 300_000, max: 1000 });
  expect(settings({ catchUpHours: '', overlapMinutes: '2.5', maxOrders: 7 })).toMatchObject({
    catchUpMs: 86_400_000,
    overlapMs: 150_000,
    max: 7,
  });
});

test.each([
  ['catchUpHours', 'a day', 'Catch Up Hours'],
  ['overlapMinutes', '2,5', 'Overlap Minutes'],
  ['overlapMinutes', -1, 'Overlap Minutes'],
  ['maxOrders', true, 'Max Orders'],
])('%s of %p is refused by its name', (name, value, called) => {
  expect(() => settings({ [name]: value })).toThrow(`${called} is no number`);
});
