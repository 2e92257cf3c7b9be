import { compileMapping } from '../mapping';
import { DOCUMENTS, PRESETS, findDocument, findPreset } from '.';

const CONTEXT = { source: { platform: 'xcart', store: 'main', currency: 'USD' } };

/** Every field of a value, lists with `[*]`; nothing of what is empty. */
function pathsOf(value: unknown, prefix = ''): string[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap((one) => pathsOf(one, `${prefix}[*]`));
  if (typeof value !== 'object') return [prefix];
  return Object.entries(value).flatMap(([key, part]) => {
    const name = /[.[\]]/.test(key) ? `["${key}"]` : key;
    return pathsOf(
      part,
      prefix === '' || name.startsWith('[') ? prefix + name : `${prefix}.${name}`,
    );
  });
}

/** What names an order of a shop by its id is of that shop: the id of another one is refused. */
function ofShop({ to }: { to: string }, sample: object): object {
  const fields = findDocument(to)?.fields ?? [];
  const namesOrder =
    !/^commerce|\.order$/.test(to) && fields.some(({ path }) => path === 'orderId');
  const said = ['shopOrder', 'source'].find((name) => name in sample);
  if (!namesOrder || said === undefined) return sample;
  const shop = (sample as Record<string, object>)[said];
  return { ...sample, [said]: { ...shop, platform: to.split('.')[0] } };
}

describe.each(DOCUMENTS.map((document) => [document.name, document] as const))(
  '%s',
  (name, { schema, sample, fields, check }) => {
    test('has a sample that satisfies its schema and its check', () => {
      expect(schema.parse(sample)).toEqual(sample);
      expect(() => check?.(sample)).not.toThrow();
    });

    test('has no field in its sample that is not described', () => {
      const known = new Set(fields.map(({ path }) => path));
      const unknown = pathsOf(sample)
        .map((path) => path.replace(/\[\*\]$/, ''))
        .filter((path) => !known.has(path));
      expect(unknown).toEqual([]);
    });

    test('has all that mappings cannot do without in its sample', () => {
      const given = pathsOf(sample);
      const needed = fields.filter(
        ({ required, type }) => required && type !== 'object' && type !== 'list',
      );
      expect(needed.map(({ path }) => path).filter((path) => !given.includes(path))).toEqual([]);
    });

    test('goes through every preset, and comes out as what that promises', () => {
      for (const preset of PRESETS.filter(({ from }) => from === name)) {
        const document = ofShop(preset, sample);
        const result = compileMapping(preset, { documents: DOCUMENTS }).map(document, CONTEXT);
        if (!result.ok) throw result.error;
        expect(findDocument(preset.to)?.schema.parse(result.document)).toEqual(result.document);
      }
    });
  },
);

/** Each half of a shop, as `from → to`. */
const halvesOf = (shop: string): string[] =>
  PRESETS.filter(
    ({ from, to }) =>
      [from, to].every((name) => !name.startsWith('dataverse.')) &&
      [from, to].some((name) => name.startsWith(`${shop}.`)),
  ).map(({ from, to }) => `${from} → ${to}`);

const told = (shop: string): string[] => [
  `commerce.order → ${shop}.updateStatus`,
  `commerce.orderStatus → ${shop}.updateStatus`,
  `commerce.shipment → ${shop}.addShipment`,
  `commerce.refund → ${shop}.recordRefund`,
];

const wayBack = (row: string, from: string, targets: Array<[phrase: string, to: string]>) =>
  targets.map(([phrase, to]) => [`Dynamics 365 ${row} to ${phrase}`, from, to]);

test('presets between two services are made of their halves, and named by what they join', () => {
  const pairs = PRESETS.filter(({ from, to }) => !`${from} ${to}`.includes('commerce.'));
  expect(pairs.map(({ name, from, to }) => [name, from, to])).toEqual([
    ['X-Cart order to Dynamics 365 sales order', 'xcart.order', 'dataverse.salesorder'],
    ['X-Cart order to Dynamics 365 quote', 'xcart.order', 'dataverse.quote'],
    ['X-Cart order to Dynamics 365 invoice', 'xcart.order', 'dataverse.invoice'],
    ['X-Cart product to Dynamics 365 product', 'xcart.product', 'dataverse.product'],
    ['X-Cart customer to Dynamics 365 contact', 'xcart.profile', 'dataverse.contact'],
    ['3dcart order to Dynamics 365 sales order', 'threedcart.order', 'dataverse.salesorder'],
    ['3dcart order to Dynamics 365 quote', 'threedcart.order', 'dataverse.quote'],
    ['3dcart order to Dynamics 365 invoice', 'threedcart.order', 'dataverse.invoice'],
    ['3dcart product to Dynamics 365 product', 'threedcart.product', 'dataverse.product'],
    ['3dcart customer to Dynamics 365 contact', 'threedcart.customer', 'dataverse.contact'],
    ['Clarity order to Dynamics 365 sales order', 'clarity.order', 'dataverse.salesorder'],
    ['Clarity order to Dynamics 365 quote', 'clarity.order', 'dataverse.quote'],
    ['Clarity order to Dynamics 365 invoice', 'clarity.order', 'dataverse.invoice'],
    ['Clarity product to Dynamics 365 product', 'clarity.product', 'dataverse.product'],
    ['Clarity customer to Dynamics 365 contact', 'clarity.customer', 'dataverse.contact'],
    ...wayBack('sales order row', 'dataverse.salesorderRow', [
      ['Update Status of X-Cart', 'xcart.updateStatus'],
      ['Update Status of 3dcart', 'threedcart.updateStatus'],
      ['Update Status of Clarity', 'clarity.updateStatus'],
      ['Add Shipment of X-Cart', 'xcart.addShipment'],
      ['Add Shipment of 3dcart', 'threedcart.addShipment'],
      ['Clarity shipment', 'clarity.shipment'],
      ['Add Shipment of Clarity', 'clarity.addShipment'],
    ]),
    ...wayBack('invoice row', 'dataverse.invoiceRow', [
      ['Update Status of X-Cart', 'xcart.updateStatus'],
      ['Update Status of 3dcart', 'threedcart.updateStatus'],
      ['Update Status of Clarity', 'clarity.updateStatus'],
      ['Record Payment of 3dcart', 'threedcart.recordPayment'],
      ['Clarity payment', 'clarity.payment'],
    ]),
  ]);
  expect(PRESETS.slice(0, pairs.length)).toEqual(pairs);
  expect(findPreset('xcart.order', 'dataverse.salesorder')).toBe(PRESETS[0]);
  expect(findPreset('commerce.shipment', 'xcart.addShipment')?.name).toBe(
    'Common shipment to Add Shipment of X-Cart',
  );
});

test('every shop has presets both ways for what its API reads and takes', () => {
  expect(halvesOf('xcart')).toEqual([
    'xcart.order → commerce.order',
    'xcart.product → commerce.product',
    'xcart.profile → commerce.customer',
    'xcart.payment → commerce.payment',
    'xcart.order → commerce.shipment',
    'xcart.refund → commerce.refund',
    'commerce.product → xcart.product',
    'commerce.customer → xcart.profile',
    'commerce.customer → xcart.address',
    ...told('xcart'),
  ]);
  expect(halvesOf('threedcart')).toEqual([
    'threedcart.order → commerce.order',
    'threedcart.product → commerce.product',
    'threedcart.customer → commerce.customer',
    'threedcart.payment → commerce.payment',
    'threedcart.shipment → commerce.shipment',
    'threedcart.payment → commerce.refund',
    'commerce.order → threedcart.order',
    'commerce.product → threedcart.product',
    'commerce.customer → threedcart.customer',
    'commerce.payment → threedcart.recordPayment',
    ...told('threedcart'),
  ]);
  expect(halvesOf('clarity')).toEqual([
    'clarity.order → commerce.order',
    'clarity.product → commerce.product',
    'clarity.customer → commerce.customer',
    'clarity.payment → commerce.payment',
    'clarity.shipment → commerce.shipment',
    'clarity.payment → commerce.refund',
    'commerce.order → clarity.order',
    'commerce.product → clarity.product',
    'commerce.customer → clarity.customer',
    'commerce.payment → clarity.payment',
    'commerce.shipment → clarity.shipment',
    ...told('clarity'),
  ]);
});

test('the first preset of a common document, which a panel has chosen, leads to a business system', () => {
  const firstOf = (name: string) => PRESETS.find(({ from }) => from === name)?.to;
  expect(['order', 'product', 'customer'].map((name) => firstOf(`commerce.${name}`))).toEqual([
    'dataverse.salesorder',
    'dataverse.product',
    'dataverse.contact',
  ]);
});
