import type { SeedRows } from './options';

/** Rows that every environment has before anybody works in it. All made up. */

export const SYSTEM_IDS = {
  organization: '7e5a2f10-0000-4000-8000-000000000001',
  businessUnit: '7e5a2f10-0000-4000-8000-000000000002',
  applicationUser: '7e5a2f10-0000-4000-8000-000000000003',
  baseCurrency: '7e5a2f10-0000-4000-8000-000000000004',
} as const;

const BASE_CURRENCY = 'USD';

const baseCurrency: SeedRows = [
  [
    'transactioncurrencies',
    [
      {
        transactioncurrencyid: SYSTEM_IDS.baseCurrency,
        currencyname: 'US Dollar',
        isocurrencycode: BASE_CURRENCY,
        currencysymbol: '$',
        currencyprecision: 2,
        exchangerate: 1,
      },
    ],
  ],
];

const users: SeedRows = [
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
];

const organization: SeedRows = [
  [
    'organizations',
    [
      {
        organizationid: SYSTEM_IDS.organization,
        name: 'Sandbox',
        'basecurrencyid@odata.bind': `/transactioncurrencies(isocurrencycode='${BASE_CURRENCY}')`,
      },
    ],
  ],
];

/** The system's rows around those of the caller, whose base currency counts when there is one. */
export function withSystemRows(seed: SeedRows): SeedRows {
  const hasCurrency = seed.some(
    ([entitySet, rows]) =>
      entitySet === 'transactioncurrencies' &&
      rows.some((row) => row.isocurrencycode === BASE_CURRENCY),
  );
  return [...users, ...(hasCurrency ? [] : baseCurrency), ...seed, ...organization];
}
