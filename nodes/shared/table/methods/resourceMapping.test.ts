import type { ILoadOptionsFunctions, ResourceMapperField } from 'n8n-workflow';

import type { Column, Metadata, Table } from '../../../../core/dynamics/tables';
import type { TableService } from '../service';
import { fieldsOf, resourceMapping } from './resourceMapping';

const TABLE: Table = {
  logicalName: 'crate',
  entitySetName: 'crates',
  displayName: 'Crate',
  primaryId: 'crateid',
};

const column = (name: string, more: Partial<Column> = {}): Column => ({
  name,
  displayName: name,
  type: 'string',
  required: false,
  creatable: true,
  updatable: true,
  readable: true,
  ...more,
});

const COLUMNS = [
  column('label', { required: true }),
  column('maker', { updatable: false }),
  column('seal', { creatable: false }),
  column('versionnumber', { creatable: false, updatable: false }),
];

const metadata = { columns: async () => COLUMNS } as unknown as Metadata;

const { getColumns } = resourceMapping({
  filled: new Set(),
  knownTable: () => TABLE,
  openForEditor: async () => ({ metadata }),
} as unknown as TableService);

async function offered(operation: string): Promise<ResourceMapperField[]> {
  const context = { getCurrentNodeParameter: () => operation } as unknown as ILoadOptionsFunctions;
  return (await getColumns.call(context)).fields;
}

const idsOf = (fields: ResourceMapperField[]): string[] => fields.map(({ id }) => id).sort();

const OWNERS = [
  { table: 'systemuser', entitySetName: 'systemusers', navigationProperty: 'ownerid' },
  { table: 'team', entitySetName: 'teams', navigationProperty: 'ownerid' },
];
const CUSTOMERS = [
  { table: 'account', entitySetName: 'accounts', navigationProperty: 'customerid_account' },
  { table: 'contact', entitySetName: 'contacts', navigationProperty: 'customerid_contact' },
];
const PRICES = [
  { table: 'pricelevel', entitySetName: 'pricelevels', navigationProperty: 'PriceLevel' },
];
const LABELS = ['Red', 'Blue', 'Green', 'Grey', 'White', 'Black', 'Pink'];

test.each([
  [column('number', { type: 'money' }), [['number', 'number', 'number (number)']]],
  [column('flag', { type: 'boolean' }), [['flag', 'boolean', 'flag (flag)']]],
  [column('time', { type: 'datetime' }), [['time', 'dateTime', 'time (time)']]],
  [column('day', { type: 'date' }), [['day', 'dateTime', 'day (day)']]],
  [
    column('colours', {
      type: 'choices',
      choices: LABELS.map((label, value) => ({ label, value })),
    }),
    [
      [
        'colours',
        'string',
        'colours (colours), several with commas between: Red, Blue, Green, Grey, White, Black, …',
      ],
    ],
  ],
  [
    column('pricelevelid', { type: 'lookup', targets: PRICES }),
    [['pricelevelid', 'string', 'pricelevelid (pricelevelid), ID of pricelevel']],
  ],
  [
    column('customerid', { type: 'lookup', targets: CUSTOMERS }),
    [
      ['customerid_account', 'string', 'customerid (customerid), ID of account'],
      ['customerid_contact', 'string', 'customerid (customerid), ID of contact'],
    ],
  ],
  [
    column('ownerid', { type: 'lookup', targets: OWNERS }),
    [
      ['ownerid', 'string', 'ownerid (ownerid), ID of systemuser'],
      ['ownerid_team', 'string', 'ownerid (ownerid), ID of team'],
    ],
  ],
])(
  'a column becomes fields of its type, one for each table that it can point to',
  (one, fields) => {
    const made = fieldsOf(one, { table: TABLE, filled: new Set() });
    expect(made.map(({ id, type, displayName }) => [id, type, displayName])).toEqual(fields);
  },
);

test('a choice is chosen from its labels, and goes by its number', () => {
  const choices = [{ value: 3, label: 'Red' }];
  const [made] = fieldsOf(column('colour', { type: 'choice', choices }), {
    table: TABLE,
    filled: new Set(),
  });
  expect(made).toMatchObject({ type: 'options', options: [{ name: 'Red', value: 3 }] });
});

test('the columns are the same for every operation, so that switching it loses none', async () => {
  const [created, updated] = await Promise.all([offered('create'), offered('update')]);
  expect(idsOf(created)).toEqual(['label', 'maker', 'seal']);
  expect(idsOf(updated)).toEqual(idsOf(created));
  expect(updated.map(({ displayName }) => displayName)).toContain(
    'maker (maker), only when created',
  );
});

test('an update demands no column', async () => {
  const demanded = (fields: ResourceMapperField[]) =>
    idsOf(fields.filter((field) => field.required));
  expect(demanded(await offered('create'))).toEqual(['label']);
  expect(demanded(await offered('update'))).toEqual([]);
});
