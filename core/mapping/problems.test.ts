import { compileMapping } from './compile';
import { compose, override, type OverlayRow } from './plan';
import type { MappingSpec } from './spec';

const shop: MappingSpec = {
  from: 'shop.order',
  to: 'common.order',
  fields: [
    { to: 'number', from: 'number' },
    {
      to: 'lines',
      each: 'items',
      fields: [{ to: 'quantity', from: 'amount', transforms: ['number'] }],
    },
  ],
};

const target: MappingSpec = {
  from: 'common.order',
  to: 'crm.order',
  fields: [{ to: 'order.name', from: 'number', required: true }],
};

const channel: OverlayRow = { to: 'order.channel', from: 'channel', lookup: { web: 1 } };

/** What the details of the error say of the row that an order stops at. */
function failedRule(order: object, rows: OverlayRow[] = []) {
  const result = compileMapping(override(compose(shop, target), rows)).map(order);
  if (result.ok) throw new Error('it was mapped');
  return result.error.toDetails().rule;
}

test.each<[string, object, OverlayRow[], object]>([
  ['of the preset', {}, [], { target: 'order.name', isOwn: false }],
  [
    "of the user's own",
    { number: 1, channel: 'fax' },
    [channel],
    { target: 'order.channel', isOwn: true },
  ],
  [
    'of any element of a list, of a document on the way',
    { number: 1, items: [{ amount: 1 }, { amount: 'many' }] },
    [],
    { target: 'common.order:lines[*].quantity', isOwn: false },
  ],
  [
    'the first of several',
    { number: 1, channel: 'fax' },
    [channel, { to: 'order.other', from: 'none', required: true }],
    { target: 'order.channel', isOwn: true },
  ],
])('an error names its row for machines: %s', (_, order, rows, rule) => {
  expect(failedRule(order, rows)).toEqual(rule);
});
