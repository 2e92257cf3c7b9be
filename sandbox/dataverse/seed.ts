import type { SeedRows } from './options';
import { hasSteps } from './schema/tables/messages';
import type { TableSchema } from './schema/types';

/** Rows that every environment has before anybody works in it. All made up. */

export const SYSTEM_IDS = {
  organization: '7e5a2f10-0000-4000-8000-000000000001',
  businessUnit: '7e5a2f10-0000-4000-8000-000000000002',
  applicationUser: '7e5a2f10-0000-4000-8000-000000000003',
  baseCurrency: '7e5a2f10-0000-4000-8000-000000000004',
  publisher: '7e5a2f10-0000-4000-8000-000000000005',
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

const customizations: SeedRows = [
  [
    'publishers',
    [
      {
        publisherid: SYSTEM_IDS.publisher,
        uniquename: 'DefaultPublisherSandbox',
        friendlyname: 'Default Publisher for Sandbox',
        customizationprefix: 'new',
        customizationoptionvalueprefix: 10_000,
      },
    ],
  ],
  [
    'solutions',
    [
      {
        uniquename: 'Default',
        friendlyname: 'Default Solution',
        version: '1.0',
        'publisherid@odata.bind': `/publishers(${SYSTEM_IDS.publisher})`,
      },
    ],
  ],
  [
    'roles',
    ['System Administrator', 'System Customizer', 'Basic User'].map((name) => ({
      name,
      'businessunitid@odata.bind': `/businessunits(${SYSTEM_IDS.businessUnit})`,
    })),
  ],
];

const organization: SeedRows = [
  [
    'organizations',
    [
      {
        organizationid: SYSTEM_IDS.organization,
        name: 'Sandbox',
        // An environment that sells in dinars has more than the two digits of a new one.
        pricingdecimalprecision: 4,
        'basecurrencyid@odata.bind': `/transactioncurrencies(isocurrencycode='${BASE_CURRENCY}')`,
      },
    ],
  ],
];

/** Views that every environment has, by their documented ids. `querytype` 0: a view of the main application. */
const views: SeedRows = [
  [
    'savedqueries',
    [
      {
        savedqueryid: '00000000-0000-0000-00aa-000010001002',
        name: 'Active Accounts',
        returnedtypecode: 'account',
        querytype: 0,
        fetchxml:
          '<fetch version="1.0" mapping="logical"><entity name="account"><attribute name="name"/>' +
          '<attribute name="accountid"/><order attribute="name"/><filter type="and">' +
          '<condition attribute="statecode" operator="eq" value="0"/></filter></entity></fetch>',
      },
      {
        savedqueryid: '00000000-0000-0000-00aa-000010003001',
        name: 'Open Opportunities',
        returnedtypecode: 'opportunity',
        querytype: 0,
        fetchxml:
          '<fetch version="1.0" mapping="logical"><entity name="opportunity"><attribute name="name"/>' +
          '<attribute name="opportunityid"/><order attribute="name"/><filter type="and">' +
          '<condition attribute="statecode" operator="eq" value="0"/></filter></entity></fetch>',
      },
    ],
  ],
];

const MESSAGES = [
  'Create',
  'Update',
  'Delete',
  'CreateMultiple',
  'UpdateMultiple',
  'UpsertMultiple',
];

/** GUIDs that are the same in every sandbox. */
const numbered = (group: string, number: number): string =>
  `7e5a2f10-${group}-4000-8000-${String(number).padStart(12, '0')}`;

const messageId = (index: number): string => numbered('0001', index + 1);

/** Which messages there are, and for which tables. */
const messages = (tables: readonly TableSchema[]): SeedRows => [
  ['sdkmessages', MESSAGES.map((name, index) => ({ sdkmessageid: messageId(index), name }))],
  [
    'sdkmessagefilters',
    tables.filter(hasSteps).flatMap(({ name }, table) =>
      MESSAGES.map((_message, index) => ({
        sdkmessagefilterid: numbered('0002', table * MESSAGES.length + index + 1),
        primaryobjecttypecode: name,
        'sdkmessageid@odata.bind': `/sdkmessages(${messageId(index)})`,
      })),
    ),
  ],
];

/** The messages of a table that a user has made: custom tables have all of them (documented). */
export const messagesOf = ({ name, objectTypeCode }: TableSchema): SeedRows => [
  [
    'sdkmessagefilters',
    MESSAGES.map((_message, index) => ({
      sdkmessagefilterid: numbered('0003', objectTypeCode * MESSAGES.length + index),
      primaryobjecttypecode: name,
      'sdkmessageid@odata.bind': `/sdkmessages(${messageId(index)})`,
    })),
  ],
];

/** The system's rows around those of the caller, whose base currency counts when there is one. */
export function withSystemRows(seed: SeedRows, tables: readonly TableSchema[]): SeedRows {
  const hasCurrency = seed.some(
    ([entitySet, rows]) =>
      entitySet === 'transactioncurrencies' &&
      rows.some((row) => row.isocurrencycode === BASE_CURRENCY),
  );
  return [
    ...users,
    ...(hasCurrency ? [] : baseCurrency),
    ...seed,
    ...organization,
    ...messages(tables),
    ...customizations,
    ...views,
  ];
}
