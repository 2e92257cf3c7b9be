import type { CdmColumn } from './cdm';
import { referenceColumn, schemaName } from './columns';

const column = (extra: Partial<CdmColumn>): CdmColumn => ({
  name: 'masterid',
  cdmName: 'masterId',
  label: 'Master',
  type: 'lookup',
  required: 'none',
  computed: false,
  ...extra,
});

describe('schema names', () => {
  it.each([
    ['creditlimit_base', 'creditLimitBase', 'CreditLimit_Base'],
    ['address1_line1', 'address1Line1', 'Address1_Line1'],
    ['billto_city', 'billToCity', 'BillTo_City'],
    ['emailaddress1', 'EMailAddress1', 'EMailAddress1'],
    ['opendeals_date', 'openDealsDate', 'OpenDeals_Date'],
    ['customerid', 'somethingElse', 'Customerid'],
  ])('of %s, which is %s there, is %s', (name, cdmName, expected) => {
    expect(schemaName(name, cdmName)).toBe(expected);
  });
});

describe('a column that is kept', () => {
  it('names the relationship of each target, and has none where the reference names none', () => {
    expect(
      referenceColumn(
        'contact',
        column({ name: 'parentcustomerid', targets: ['Account', 'Lead'] }),
      ),
    ).toMatchObject({
      targets: [['account', 'parentcustomerid_account', 'contact_customer_accounts']],
    });
    expect(referenceColumn('account', column({ targets: ['Account'] })).targets).toEqual([
      ['account', 'masterid', 'account_master_account'],
    ]);
  });

  it('says who writes it, where not everybody does', () => {
    const writable = (name: string): unknown =>
      referenceColumn('account', column({ name, type: 'datetime' })).writable;
    expect(writable('lastonholdtime')).toBeUndefined();
    expect(writable('merged')).toBe('never');
    expect(writable('lastusedincampaign')).toBe('update');
    expect(writable('overriddencreatedon')).toBe('create');
  });

  it('is a day, or a lookup, where the reference says so and the model does not', () => {
    const type = (name: string, given: CdmColumn['type']): unknown =>
      referenceColumn('contact', column({ name, type: given })).type;
    expect(type('anniversary', 'datetime')).toBe('date');
    expect(type('parentcontactid', 'uniqueidentifier')).toBe('lookup');
    expect(type('stageid', 'uniqueidentifier')).toBe('uniqueidentifier');
  });
});
