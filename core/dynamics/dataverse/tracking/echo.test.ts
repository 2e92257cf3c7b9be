import { isEcho, type SentToRow } from './echo';
import { rowsWrittenBy } from './ownRows';

const ID = 'b0000000-0000-4000-8000-000000000001';
const OTHER = 'b0000000-0000-4000-8000-000000000002';
const NOW = Date.parse('2026-11-28T10:00:00Z');
const sent = (columns: object, secondsAgo = 10, more: Partial<SentToRow> = {}): SentToRow => ({
  columns: { ...columns },
  at: NOW - secondsAgo * 1000,
  ...more,
});
const ask = (notes: SentToRow[], row: object, names: string[], seenSecondsAgo?: number): boolean =>
  isEcho(
    notes,
    {
      row: { ...row },
      isNew: false,
      names,
      ...(seenSecondsAgo !== undefined && { seenAt: NOW - seenSecondsAgo * 1000 }),
    },
    NOW,
  );

describe('what is an echo', () => {
  it('holds in all that has changed what was sent since it was seen otherwise', () => {
    expect(ask([sent({ name: 'A' })], { name: 'A' }, ['name'], 60)).toBe(true);
    expect(ask([sent({ name: 'A' })], { name: 'B' }, ['name'], 60)).toBe(false);
    expect(ask([sent({ name: 'A' })], { name: 'A', telephone1: '1' }, ['name', 'telephone1'])).toBe(
      false,
    );
    expect(
      ask([sent({ name: 'A' }), sent({ telephone1: '1' })], { name: 'A', telephone1: '1' }, [
        'name',
        'telephone1',
      ]),
    ).toBe(true);
  });

  it('is not a return to what was sent before somebody changed it', () => {
    expect(ask([sent({ name: 'A' }, 120)], { name: 'A' }, ['name'], 60)).toBe(false);
    expect(ask([sent({ name: 'A' }, 3600)], { name: 'A' }, ['name'])).toBe(false);
  });

  it('is not what was sent before something else was sent to the same column', () => {
    const notes = [sent({ name: 'A', telephone1: '1' }, 30), sent({ name: 'B' }, 20)];
    expect(ask(notes, { name: 'A' }, ['name'], 60)).toBe(false);
    expect(ask(notes, { name: 'B', telephone1: '1' }, ['name', 'telephone1'], 60)).toBe(true);
    const underWay = [...notes, sent({ name: 'C' }, -Infinity)];
    expect(ask(underWay, { name: 'A' }, ['name'], 60)).toBe(false);
    for (const name of ['B', 'C']) expect(ask(underWay, { name }, ['name'], 60)).toBe(true);
    const states = [sent({ statecode: 0 }, 30), sent({ statuscode: 100001 }, 20)];
    expect(ask(states, { statecode: 3 }, ['statecode'], 60)).toBe(true);
    const made = { 'customerid_account@odata.bind': `/accounts(${ID})` };
    const moved = { 'customerid_account@odata.bind': `/accounts(${OTHER})` };
    const lookups = [sent(made, 30), sent(moved, 20)];
    expect(ask(lookups, { _customerid_value: ID }, ['_customerid_value'], 60)).toBe(false);
  });

  it('knows what is still on its way', () => {
    expect(ask([sent({ name: 'A' }, -Infinity)], { name: 'A' }, ['name'], 0)).toBe(true);
  });

  it('knows a lookup by its binding, a state by its status reason, and texts and dates by what is kept of them', () => {
    const bound = sent({ 'customerid_account@odata.bind': `/accounts(${ID.toUpperCase()})` });
    expect(ask([bound], { _customerid_value: ID }, ['_customerid_value'])).toBe(true);
    expect(ask([bound], { _customerid_value: OTHER }, ['_customerid_value'])).toBe(false);
    const status = sent({ statuscode: 100001 });
    expect(ask([status], { statecode: 3, statuscode: 100001 }, ['statecode', 'statuscode'])).toBe(
      true,
    );
    expect(ask([status], { statecode: 2, statuscode: 4 }, ['statecode', 'statuscode'])).toBe(false);
    expect(ask([sent({ name: 'A ' })], { name: 'A' }, ['name'])).toBe(true);
    expect(ask([sent({ name: '' })], { name: null }, ['name'])).toBe(true);
    const day = sent({ datefulfilled: '2026-11-28T00:00:00.000Z' });
    expect(ask([day], { datefulfilled: '2026-11-28T00:00:00Z' }, ['datefulfilled'])).toBe(true);
  });

  it('is a row that was made, as long as nobody has touched it', () => {
    const row = {
      createdon: '2026-11-28T09:59:50Z',
      modifiedon: '2026-11-28T09:59:52Z',
      _createdby_value: ID,
      _modifiedby_value: ID,
    };
    const made = [sent({ name: 'A' }, 10, { mayMake: true })];
    const isNew = (more: object, notes = made): boolean =>
      isEcho(notes, { row: { ...row, ...more }, isNew: true, names: ['name', 'statecode'] }, NOW);
    expect(isNew({})).toBe(true);
    expect(isNew({ modifiedon: '2026-11-28T09:59:58Z' })).toBe(false);
    expect(isNew({ _modifiedby_value: OTHER })).toBe(false);
    expect(isNew({}, [sent({ name: 'A' })])).toBe(false);
    expect(isNew({}, [])).toBe(false);
    // Fulfilled at once, in the name of the app that has made it.
    expect(isNew({ statecode: 0 })).toBe(true);
    expect(isNew({ statecode: 3 })).toBe(false);
  });

  it('is a deletion of its own', () => {
    const asked = { isNew: false, names: [] };
    expect(isEcho([sent({}, 10, { isDeleted: true })], asked, NOW)).toBe(true);
    expect(isEcho([sent({ name: 'A' })], asked, NOW)).toBe(false);
  });
});

it.each([
  [
    {
      method: 'PATCH',
      path: `accounts(${ID.toUpperCase()})?$select=name`,
      body: { name: 'A' },
      headers: { 'If-Match': '*' },
    },
    [{ set: 'accounts', id: ID, columns: { name: 'A' } }],
  ],
  [
    { method: 'PATCH', path: `accounts(${ID})`, body: { name: 'A' } },
    [{ set: 'accounts', id: ID, columns: { name: 'A' }, mayMake: true }],
  ],
  [
    { method: 'POST', path: 'salesorders', body: { salesorderid: ID, name: 'A' } },
    [{ set: 'salesorders', id: ID, columns: { salesorderid: ID, name: 'A' }, mayMake: true }],
  ],
  [
    { method: 'DELETE', path: `accounts(${ID})` },
    [{ set: 'accounts', id: ID, columns: {}, isDeleted: true }],
  ],
  [{ method: 'DELETE', path: `accounts(${ID})/entityimage` }, []],
  [{ method: 'GET', path: `accounts(${ID})` }, []],
  [
    {
      method: 'POST',
      path: 'accounts/Microsoft.Dynamics.CRM.UpdateMultiple',
      body: {
        Targets: [{ '@odata.type': 'Microsoft.Dynamics.CRM.account', accountid: ID, name: 'A' }],
      },
    },
    [
      {
        set: 'accounts',
        id: ID,
        columns: { '@odata.type': 'Microsoft.Dynamics.CRM.account', accountid: ID, name: 'A' },
      },
    ],
  ],
  [
    {
      method: 'POST',
      path: 'FulfillSalesOrder',
      body: {
        Status: 100001,
        OrderClose: { subject: '', 'salesorderid@odata.bind': `/salesorders(${ID})` },
      },
    },
    [{ set: 'salesorders', id: ID, columns: { statuscode: 100001 } }],
  ],
] as const)('%j writes these rows', (operation, rows) => {
  expect(rowsWrittenBy(operation as unknown as Parameters<typeof rowsWrittenBy>[0])).toEqual(rows);
});
