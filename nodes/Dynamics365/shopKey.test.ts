import { identityOf } from '../../core/commerce/identity';
import { PlainDataverse, runDynamics } from '../../test/support/plainDataverse';

const service = new PlainDataverse();
beforeAll(() => service.start());
afterAll(() => service.stop());
beforeEach(() => {
  service.seen.length = 0;
});

const SHOP = { platform: 'xcart', store: 'main' };

const source = (kind: string, id = '7') => ({ ...SHOP, kind, id, event: 'poll', readAt: 'now' });

async function write(shopKind: string, item: object, more: object = {}) {
  const ran = await runDynamics(
    service,
    {
      resource: 'account',
      operation: 'upsert',
      columnsSource: 'field',
      columnsField: 'account',
      keyType: 'shopRecord',
      shopKind,
      ...more,
    },
    [{ account: { name: 'Contoso' }, ...item }],
    { onError: 'continueRegularOutput' },
  );
  const [address] = service.seen.map(({ url }) => /accounts\(([^)]*)\)/.exec(url)?.[1]);
  return { address, output: ran.output()[0] };
}

test.each([
  ['order', 'order'],
  ['order-account', 'order'],
  ['order-customer', 'order'],
  ['customer', 'customer'],
  ['account', 'customer'],
  ['product', 'product'],
])('a row that is made of %s is found by the key that mappings make', async (kind, of) => {
  const { address } = await write(kind, { source: source(of) });
  expect(address).toBe(identityOf({ ...SHOP, kind, id: '7' }));
});

test('other operations find it the same way', async () => {
  const { address } = await write('order', { source: source('order') }, { operation: 'delete' });
  expect(address).toBe(identityOf({ ...SHOP, kind: 'order', id: '7' }));
});

test.each([
  ['order', {}, /does not say of which record/, /Keep the field source/],
  ['order', { source: source('product') }, /of the kind "product", and Order/, /Made Of/],
  ['customer', { source: source('customer', '0') }, /identifies no customer/, /./],
  ['order', { source: { ...source('order'), store: '' } }, /without "store"/, /Store Name/],
])(
  'of %s with %j it is said what is missing, and nothing is sent',
  async (kind, item, says, fix) => {
    const { output } = await write(kind, item);
    expect(output).toMatchObject({
      error: expect.stringMatching(says),
      details: { class: 'validation', fix: expect.stringMatching(fix) },
    });
    expect(service.seen).toEqual([]);
  },
);
