/**
 * Requests as an independent client of the classic API sends them (nChannelIO/xcart-channel, read for the shapes alone),
 * against the sandbox: what it relies on has to be there.
 */
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { doorsOf } from '../../scripts/n8n/doors';

let sandbox: RunningSandbox;
let base = '';

beforeAll(async () => {
  sandbox = await startSandbox();
  base = `${sandbox.xcart.url}/admin.php?target=RESTAPI&_key=${sandbox.xcart.writeKey}`;
});
afterAll(async () => await sandbox.stop());
beforeEach(() => sandbox.reset());

interface Answer {
  status: number;
  body: unknown;
}

async function request(method: string, query: string, body?: object): Promise<Answer> {
  const response = await fetch(`${base}&${query}`, {
    method,
    headers: {
      accept: 'application/json',
      ...(body && { 'content-type': 'application/json' }),
    },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

async function place(count: number): Promise<number[]> {
  const wish = { count, lines: 2 };
  const placed = await doorsOf(sandbox.control.url)<Array<{ id: string }>>(
    'POST',
    '/xcart/orders',
    wish,
  );
  return placed.map(({ id }) => Number(id));
}

const NOW = Math.floor(Date.now() / 1000);

it('lists orders of a stretch of time by pages, in the complex schema', async () => {
  const ids = await place(3);
  const range = `_cnd[date][0]=${NOW - 3600}&_cnd[date][1]=${NOW + 3600}`;
  const page = async (offset: number) =>
    await request(
      'GET',
      `_schema=complex&_path=order&${range}&_cnd[limit][0]=${offset}&_cnd[limit][1]=2`,
    );
  const first = (await page(0)).body as object[];
  const second = (await page(2)).body as object[];
  expect([...first, ...second]).toMatchObject(
    ids.map((orderId) => ({
      orderId,
      orderNumber: expect.any(String) as string,
      subtotal: expect.any(Number) as number,
      items: [
        { sku: expect.any(String) as string, quantity: expect.any(Number) as number },
        { productId: expect.any(Number) as number },
      ],
      customerInfo: { email: expect.stringContaining('@') as string },
      shippingInfo: { zipcode: expect.any(String) as string },
    })),
  );
});

it('reads orders by id, and puts a tracking number to one without naming a schema', async () => {
  const [id = 0] = await place(1);
  expect((await request('GET', `_schema=complex&_path=order/${id}`)).body).toMatchObject({
    orderId: id,
  });
  const made = await request('POST', '_path=ordertrackingnumber/0', {
    value: '1Z',
    order: { order_id: id },
  });
  const { tracking_id: tracking } = made.body as { tracking_id: number };
  await request('PUT', `_path=ordertrackingnumber/${tracking}`, { value: '1Z2' });
  expect((await request('GET', `_schema=complex&_path=order/${id}`)).body).toMatchObject({
    trackingNumber: '1Z2',
  });
});

it('writes quantities and prices of a product, its variants among them', async () => {
  const { body } = await request('GET', '_schema=default&_path=product');
  const products = body as Array<{ product_id: number }>;
  const whole = await Promise.all(
    products.map(
      async ({ product_id: id }) =>
        (await request('GET', `_schema=default&_path=product/${id}`)).body,
    ),
  );
  const product = (whole as Array<{ product_id: number; variants: Array<{ id: number }> }>).find(
    ({ variants }) => variants.length > 0,
  );
  const variant = product?.variants[0]?.id;
  const written = await request('PUT', `_schema=default&_path=product/${product?.product_id}`, {
    amount: 12,
    price: 3.5,
    variants: [{ id: variant, amount: 7, defaultAmount: false }],
  });
  expect(written).toMatchObject({
    status: 200,
    body: { product_id: product?.product_id, amount: 12, price: 3.5 },
  });
  const path = `_schema=default&_path=xc-productvariants-productvariant/${variant}`;
  expect((await request('GET', path)).body).toMatchObject({ amount: 7, defaultAmount: false });
  await request('PUT', path, { price: 9 });
  expect((await request('GET', path)).body).toMatchObject({ price: 9 });
});

it('makes, finds and changes a customer', async () => {
  const made = await request('POST', '_path=profile/0', { login: 'new@example.com' });
  const { profile_id: id } = made.body as { profile_id: number };
  const address = { profile: { profile_id: id }, country: { code: 'US' }, addressFields: [] };
  expect(await request('POST', '_path=address/0', address)).toMatchObject({ status: 200 });
  await request('PUT', `_path=profile/${id}`, { status: 'D' });
  const range = `_cnd[added][0]=${NOW - 3600}&_cnd[added][1]=${NOW + 3600}`;
  const list = `_schema=default&_path=profile&${range}&_cnd[limit][0]=0&_cnd[limit][1]=100`;
  expect((await request('GET', list)).body).toContainEqual(
    expect.objectContaining({ profile_id: id, status: 'D' }),
  );
  expect((await request('GET', `_schema=complex&_path=profile/${id}`)).body).toMatchObject({
    profileId: id,
    email: 'new@example.com',
    addresses: [{ country: 'US' }],
  });
});
