/** Quotes, orders and invoices in the node: what the rows of all operations do not try. */
import { byId, useDynamics } from './dynamics-on-sandbox';

const dynamics = useDynamics();
const NOWHERE = '7b1f9a06-0000-4000-8000-00000000dead';

const buyer = () => ({
  'customerid_account@odata.bind': `/accounts(${dynamics.insert('accounts', { name: 'Buyer' })})`,
});
const newQuote = () => dynamics.insert('quotes', { name: 'Offer', ...buyer() });
const newOrder = () => dynamics.insert('salesorders', { name: 'Web 1', ...buyer() });
const newInvoice = () => dynamics.insert('invoices', { name: 'Bill', ...buyer() });

const out = async (
  resource: string,
  operation: string,
  parameters: Parameters<typeof dynamics.run>[0],
  input?: object[],
) => (await dynamics.run({ resource, operation, ...parameters }, input)).output();

const chosen = (id: string, options = {}) => ({ row: byId(id), options });

describe('a quote that has been revised', () => {
  let first: string;
  let number: string;

  beforeEach(async () => {
    first = newQuote();
    number = String(dynamics.row('quotes', first)?.quotenumber);
    await out('quote', 'activate', chosen(first));
    await out('quote', 'revise', chosen(first));
  });

  test.each([{}, { select: 'name' }])(
    'is found by its number in its latest revision: %j',
    async (options) => {
      const byNumber = { keyType: 'quoteNumber', quoteNumber: number, options };
      expect(await out('quote', 'get', byNumber)).toMatchObject([
        { quotenumber: number, revisionnumber: 1, name: 'Offer', quote_details: [] },
      ]);
    },
  );

  test('is not found by a number that no quote has, and told what the number is', async () => {
    expect(await out('quote', 'get', { keyType: 'quoteNumber', quoteNumber: 'W-1' })).toMatchObject(
      [
        {
          error: 'There is no quote with the number "W-1"',
          details: { fix: expect.stringContaining('Quote ID') as string },
        },
      ],
    );
  });

  test('is put out as it is where it is revised again and that is to be skipped', async () => {
    const skipped = chosen(first, { whenClosed: 'skip' });
    const [again] = await out('quote', 'revise', skipped);
    expect(again).toMatchObject({ outcome: 'unchanged', quoteid: first, quotenumber: number });
    expect(again?.id).not.toBe(first);
  });
});

test('an invoice is paid in part, by an ID in the item, and the item keeps what it holds', async () => {
  const id = newInvoice();
  const parameters = {
    keyType: 'idField',
    idField: 'invoice.invoiceid',
    paidReason: 100002,
    options: { outputField: 'paid' },
  };
  const input = [{ invoice: { invoiceid: id } }, { invoice: {} }];
  expect(await out('invoice', 'markPaid', parameters, input)).toMatchObject([
    { invoice: { invoiceid: id }, paid: { id, outcome: 'paid' } },
    { error: 'The field "invoice.invoiceid" of this item holds no ID of an invoice' },
  ]);
  expect(dynamics.row('invoices', id)).toMatchObject({ statecode: 2, statuscode: 100002 });
});

test('an ID that is none fails alone, and another document is done all the same', async () => {
  const id = newOrder();
  const parameters = { keyType: 'idField', idField: 'id' };
  const items = [{ id: 'W-1' }, { id }];
  expect(await out('salesOrder', 'lockPricing', parameters, items)).toMatchObject([
    { details: { class: 'validation' } },
    { id, outcome: 'locked' },
  ]);
});

test('an order becomes one invoice for all items that name it', async () => {
  const id = newOrder();
  const parameters = { row: byId('={{ $json.id }}') };
  const made = await out('salesOrder', 'convertToInvoice', parameters, [{ id }, { id }]);
  const { invoices = [] } = { invoices: dynamics.sandbox.services.dataverse.rows('invoices') };
  expect(invoices).toHaveLength(1);
  const one = { id: invoices[0]?.invoiceid, outcome: 'created', salesorderid: id, name: 'Web 1' };
  expect(made).toMatchObject([one, one]);
});

test.each([
  ['salesOrder', 'convertToInvoice', { outcome: 'skipped', salesorderid: NOWHERE }],
  ['quote', 'revise', { outcome: 'skipped', quoteid: NOWHERE }],
  ['invoice', 'unlockPricing', { outcome: 'skipped', id: NOWHERE }],
  ['invoice', 'markPaid', { outcome: 'skipped', id: NOWHERE }],
])('%s: %s skips what is not there, where told so', async (resource, operation, expected) => {
  const skipped = chosen(NOWHERE, { whenNotFound: 'skip' });
  expect(await out(resource, operation, skipped)).toEqual([expected]);
});

test.each([
  ['quote', 'quote', 'quote_details'],
  ['invoice', 'invoice', 'invoice_details'],
])('a whole %s is sent to Create or Update', async (resource, name, lines) => {
  const whole = { name: 'Web 1', [lines]: [{ productnumber: 'HMR-16', quantity: 1 }] };
  expect(await out(resource, 'create', { columnsSource: 'auto' }, [whole])).toMatchObject([
    {
      error: `This is a whole ${name}, as Commerce Map makes it; Create takes the columns of its row alone`,
    },
  ]);
});

test('an alternate key is no ID, and the item says what to choose', async () => {
  const keyValues = { columns: [{ name: 'invoicenumber', value: 'INV-1' }] };
  const parameters = { keyType: 'alternateKey', keyValues };
  expect(await out('invoice', 'cancel', parameters)).toMatchObject([
    { error: 'Cancel takes the ID of an invoice' },
  ]);
});
