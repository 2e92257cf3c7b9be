import { readColumns } from './cdm';

const shown = (label: string): object => ({ displayName: label });

const choices = (dataType: string, values: string[][]): object => ({
  dataType: {
    dataTypeReference: dataType,
    appliedTraits: [
      {
        traitReference: 'does.haveDefault',
        arguments: [{ entityReference: { constantValues: values } }],
      },
    ],
  },
});

const required = (level: string): object => ({
  appliedTraits: [
    { traitReference: 'is.requiredAtLevel', arguments: [{ name: 'level', value: level }] },
  ],
});

const reference = (entity: unknown, key: object, guidance: object = {}): object => ({
  entity,
  name: 'master',
  resolutionGuidance: { ...guidance, entityByReference: { foreignKeyAttribute: key } },
});

const entity = (name: string, base: string, members: unknown[]): object => ({
  entityName: name,
  extendsEntity: base,
  hasAttributes: [{ attributeGroupReference: { members } }],
});

const GROUPS = {
  definitions: [
    {
      attributeGroupName: 'dates',
      members: [
        { name: 'createdOn', sourceName: 'createdon', dataType: 'dateTime', ...shown('On') },
      ],
    },
    { entityName: 'Standard', hasAttributes: ['dates'] },
  ],
};

const ADDRESS = {
  definitions: [
    entity('Address', 'CdmEntity', [
      { name: 'city', sourceName: 'city', dataType: 'city', maximumLength: 80, ...shown('City') },
      { name: 'parentId', sourceName: 'parentid', dataType: 'guid', ...shown('Parent') },
      { name: 'composite', sourceName: 'composite', dataType: 'string', ...shown('Address') },
    ]),
    {
      entityName: 'inline',
      hasAttributes: [
        {
          resolutionGuidance: { selectsSubAttribute: { selectsSomeAvoidNames: ['parentId'] } },
        },
      ],
    },
  ],
};

function read(members: unknown[], more: unknown[] = []) {
  const documents: Readonly<Record<string, unknown>> = {
    wellKnownCDSAttributeGroups: GROUPS,
    'applicationCommon/Address': ADDRESS,
    Thing: { definitions: [entity('Thing', 'Standard', members)] },
    More: { definitions: [entity('Thing', 'base_Thing/Thing', more)] },
  };
  return readColumns((path) => documents[path], ['Thing', 'More']);
}

const only = (members: unknown[]) => read(members).filter(({ name }) => name !== 'createdon');

describe('columns of the Common Data Model', () => {
  it('come from the groups that all tables share, and from each document in turn', () => {
    const name = { name: 'name', sourceName: 'name', dataType: 'name', maximumLength: 10 };
    const longer = { ...name, maximumLength: 20, ...shown('Name') };
    const columns = read([{ ...name, ...shown('Old') }], [longer]);
    expect(columns.map((column) => column.name)).toEqual(['createdon', 'name']);
    expect(columns[1]).toMatchObject({ maxLength: 20, label: 'Name', type: 'string' });
  });

  it('have the choices of their lists, and reasons the state they belong to', () => {
    const reason = {
      name: 'statusCode',
      sourceName: 'statuscode',
      ...choices('listLookupCorrelated', [['en', 'Active', '1', '0', '0']]),
    };
    const size = {
      name: 'size',
      sourceName: 'size',
      ...choices('listLookup', [['en', 'Big', '7', '0']]),
    };
    expect(only([reason, size])).toMatchObject([
      { type: 'status', choices: [[1, 'Active', 0]] },
      { type: 'picklist', choices: [[7, 'Big']] },
    ]);
  });

  it('are lookups with all tables that they may point to', () => {
    const key = { name: 'id', sourceName: 'masterid', dataType: 'entityId', ...shown('Master') };
    const several = {
      entityReference: {
        entityName: 'Customer',
        hasAttributes: [
          { entity: { entityReference: 'Account' } },
          { entity: { entityReference: 'Contact' } },
        ],
      },
    };
    expect(only([reference({ entityReference: 'Account' }, key)])).toMatchObject([
      { name: 'masterid', cdmName: 'masterId', type: 'lookup', targets: ['Account'] },
    ]);
    expect(only([reference(several, key)])).toMatchObject([{ targets: ['Account', 'Contact'] }]);
  });

  it('stand once for each address inside the row, without what only its own table has', () => {
    const id = { name: 'addressId', sourceName: 'addressid', dataType: 'entityId' };
    const guidance = { cardinality: 'many', expansion: { maximumExpansion: 2 } };
    const address = reference('inline', { ...id, ...shown('Address: ID') }, guidance);
    const columns = only([{ ...address, name: 'address' }]);
    expect(columns.map(({ name, label }) => `${name} ${label}`)).toEqual([
      'address1_addressid Address 1: ID',
      'address1_city Address 1: City',
      'address1_composite Address 1',
      'address2_addressid Address 2: ID',
      'address2_city Address 2: City',
      'address2_composite Address 2',
    ]);
    expect(columns[2]).toMatchObject({ type: 'memo', required: 'none' });
  });

  it('say what is required and what is calculated, and leave out what the Web API has not', () => {
    const column = (dataType: string, extra: object = {}) => ({
      name: dataType,
      sourceName: dataType.toLowerCase(),
      dataType,
      ...extra,
    });
    const columns = only([
      column('boolean', required('systemrequired')),
      column('currency', required('required')),
      column('baseCurrency'),
      column('partylist'),
      { name: 'display', dataType: 'localizedDisplayText' },
    ]);
    expect(columns).toMatchObject([
      { name: 'boolean', required: 'system', computed: false },
      { name: 'currency', required: 'application', type: 'money' },
      { name: 'basecurrency', required: 'none', computed: true },
    ]);
  });

  it('refuses a group that is not there', () => {
    expect(() => read(['nowhere'])).toThrow("There is no group 'nowhere'");
  });
});
