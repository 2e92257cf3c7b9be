import { decimal, flag, guid, integer, lookup, table, text } from '../columns';

export const transactioncurrency = table({
  name: 'transactioncurrency',
  schemaName: 'TransactionCurrency',
  label: 'Currency',
  pluralLabel: 'Currencies',
  entitySet: 'transactioncurrencies',
  objectTypeCode: 9105,
  ownership: 'OrganizationOwned',
  primaryName: 'currencyname',
  columns: [
    text('currencyname', 100, { label: 'Currency Name', required: 'system' }),
    text('isocurrencycode', 5, { label: 'Currency Code', required: 'system' }),
    text('currencysymbol', 13, { label: 'Currency Symbol', required: 'system' }),
    integer('currencyprecision', { min: 0, max: 4, label: 'Currency Precision', default: 2 }),
    decimal('exchangerate', 10, { label: 'Exchange Rate', default: 1, required: 'system' }),
  ],
  keys: [{ name: 'ISOCurrencyCodeKey', columns: ['isocurrencycode'] }],
});

export const systemuser = table({
  name: 'systemuser',
  schemaName: 'SystemUser',
  stateless: true,
  label: 'User',
  entitySet: 'systemusers',
  objectTypeCode: 8,
  ownership: 'OrganizationOwned',
  primaryName: 'fullname',
  // Documented: systemuser cannot be addressed by its primary key's own name.
  keyName: 'ownerid',
  base: 'principal',
  columns: [
    text('fullname', 200, { schemaName: 'FullName', label: 'Full Name', writable: 'never' }),
    text('firstname', 256, { schemaName: 'FirstName', label: 'First Name' }),
    text('lastname', 256, { schemaName: 'LastName', label: 'Last Name' }),
    text('domainname', 1024, { schemaName: 'DomainName', label: 'User Name' }),
    text('internalemailaddress', 100, { label: 'Primary Email' }),
    guid('ownerid', { schemaName: 'OwnerId', label: 'Owner', writable: 'never' }),
    guid('applicationid', { label: 'Application ID', writable: 'create' }),
    guid('azureactivedirectoryobjectid', { label: 'Azure AD Object ID', writable: 'create' }),
    flag('isdisabled', false, { label: 'Status' }),
    lookup(
      'businessunitid',
      { table: 'businessunit', collection: 'business_unit_system_users', onDelete: 'restrict' },
      { schemaName: 'BusinessUnitId', label: 'Business Unit', required: 'system' },
    ),
  ],
});

export const businessunit = table({
  name: 'businessunit',
  schemaName: 'BusinessUnit',
  stateless: true,
  label: 'Business Unit',
  entitySet: 'businessunits',
  objectTypeCode: 10,
  ownership: 'OrganizationOwned',
  columns: [text('name', 160, { schemaName: 'Name', label: 'Name', required: 'system' })],
});

/** A group of users that owns rows as a user does. */
export const team = table({
  name: 'team',
  schemaName: 'Team',
  stateless: true,
  label: 'Team',
  entitySet: 'teams',
  objectTypeCode: 9,
  ownership: 'OrganizationOwned',
  keyName: 'ownerid',
  base: 'principal',
  columns: [
    text('name', 160, { schemaName: 'Name', label: 'Team Name', required: 'system' }),
    guid('ownerid', { schemaName: 'OwnerId', label: 'Owner', writable: 'never' }),
    lookup(
      'businessunitid',
      { table: 'businessunit', collection: 'business_unit_teams', onDelete: 'restrict' },
      { schemaName: 'BusinessUnitId', label: 'Business Unit', required: 'system' },
    ),
  ],
});

export const organization = table({
  name: 'organization',
  schemaName: 'Organization',
  stateless: true,
  label: 'Organization',
  entitySet: 'organizations',
  objectTypeCode: 1019,
  changeTracking: false,
  ownership: 'OrganizationOwned',
  columns: [
    text('name', 160, { schemaName: 'Name', label: 'Organization Name', required: 'system' }),
    integer('languagecode', { label: 'Language', default: 1033 }),
    integer('pricingdecimalprecision', {
      min: 0,
      max: 4,
      label: 'Pricing Decimal Precision',
      default: 2,
    }),
    flag('isexternalsearchindexenabled', true, { label: 'Enable Dataverse search' }),
    integer('expirechangetrackingindays', { label: 'Change Tracking Expiry', default: 7 }),
    lookup(
      'basecurrencyid',
      {
        table: 'transactioncurrency',
        collection: 'basecurrency_organization',
        onDelete: 'restrict',
      },
      { schemaName: 'BaseCurrencyId', label: 'Currency' },
    ),
  ],
});
