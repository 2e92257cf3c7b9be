import type { SeedRows } from './options';

/** Rows that every environment has before anybody works in it. All made up. */

export const SYSTEM_IDS = {
  organization: '7e5a2f10-0000-4000-8000-000000000001',
  businessUnit: '7e5a2f10-0000-4000-8000-000000000002',
  applicationUser: '7e5a2f10-0000-4000-8000-000000000003',
  baseCurrency: '7e5a2f10-0000-4000-8000-000000000004',
} as const;

export const systemRows: SeedRows = [
  [
    'transactioncurrencies',
    [
      {
        transactioncurrencyid: SYSTEM_IDS.baseCurrency,
        currencyname: 'US Dollar',
        isocurrencycode: 'USD',
        currencysymbol: '$',
        currencyprecision: 2,
        exchangerate: 1,
      },
    ],
  ],
  ['businessunits', [{ businessunitid: SYSTEM_IDS.businessUnit, name: 'Sandbox' }]],
  [
    'systemusers',
    [
      {
        systemuserid: SYSTEM_IDS.applicationUser,
        firstname: '#',
        lastname: 'Commerce Sync',
        domainname: 'commerce-sync@sandbox.example',
        'businessunitid@odata.bind': `/businessunits(${SYSTEM_IDS.businessUnit})`,
      },
    ],
  ],
  [
    'organizations',
    [
      {
        organizationid: SYSTEM_IDS.organization,
        name: 'Sandbox',
        'basecurrencyid@odata.bind': `/transactioncurrencies(${SYSTEM_IDS.baseCurrency})`,
      },
    ],
  ],
];
