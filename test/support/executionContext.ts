/**
 * Events as Dataverse writes them (Dataverse docs: use-webhooks), from the row that the Web API gives, for tests of what
 * reads them.
 */

/** A value of a column, by the type that it has in the SDK. */
export type SdkValue =
  | { type: 'plain'; value: string | number | boolean | null }
  | { type: 'choice' | 'money'; value: number }
  | { type: 'choices'; value: number[] }
  | { type: 'moment'; value: number; zone?: string }
  | { type: 'lookup'; value: string; table: string; name: string | null }
  | { type: 'aliased'; value: SdkValue }
  | { type: 'rows'; value: SdkEntity[] };

export interface SdkEntity {
  table: string;
  id: string;
  columns: Record<string, SdkValue>;
  /** Column → text. */
  formatted?: Record<string, string>;
}

const CONTRACTS = 'http://schemas.microsoft.com/xrm/2011/Contracts';
const typed = (name: string, members: object): object => ({
  __type: `${name}:${CONTRACTS}`,
  ...members,
});

const pairs = (members: Record<string, unknown>): object[] =>
  Object.entries(members).map(([key, value]) => ({ key, value }));

export function encoded(value: SdkValue): unknown {
  switch (value.type) {
    case 'plain':
      return value.value;
    case 'choice':
      return typed('OptionSetValue', { Value: value.value });
    case 'money':
      return typed('Money', { Value: value.value });
    case 'choices':
      return value.value.map((each) => typed('OptionSetValue', { Value: each }));
    case 'moment':
      return `/Date(${value.value}${value.zone ?? ''})/`;
    case 'lookup':
      return reference(value.table, value.value, value.name);
    case 'aliased':
      return typed('AliasedValue', {
        AttributeLogicalName: 'name',
        EntityLogicalName: 'account',
        NeedFormatting: true,
        ReturnType: 0,
        Value: encoded(value.value),
      });
    case 'rows':
      return typed('EntityCollection', {
        Entities: value.value.map(entity),
        EntityName: value.value[0]?.table ?? '',
        MinActiveRowVersion: null,
        MoreRecords: false,
        PagingCookie: null,
        TotalRecordCount: 0,
        TotalRecordCountLimitExceeded: false,
      });
  }
}

export const reference = (table: string, id: string, name: string | null = null): object =>
  typed('EntityReference', {
    Id: id,
    KeyAttributes: [],
    LogicalName: table,
    Name: name,
    RowVersion: null,
  });

/** As it stands in images and collections: without its type. */
export const entity = ({ table, id, columns, formatted = {} }: SdkEntity): object => ({
  Attributes: pairs(
    Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, encoded(value)])),
  ),
  EntityState: null,
  FormattedValues: pairs(formatted),
  Id: id,
  KeyAttributes: [],
  LogicalName: table,
  RelatedEntities: [],
  RowVersion: null,
});

export const target = (row: SdkEntity): object => typed('Entity', entity(row));

/** An update of a row, with what is other than usual. */
export function executionContext(row: SdkEntity, other: Record<string, unknown> = {}): object {
  return {
    BusinessUnitId: 'e2b9dd85-e89e-e711-8122-000d3aa2331c',
    CorrelationId: 'b374239d-4233-41a9-8b17-a86cb4f737b5',
    Depth: 1,
    InitiatingUserId: '75c2dd85-e89e-e711-8122-000d3aa2331c',
    InputParameters: pairs({ Target: target(row) }),
    IsExecutingOffline: false,
    IsInTransaction: false,
    IsOfflinePlayback: false,
    IsolationMode: 1,
    MessageName: 'Update',
    Mode: 1,
    OperationCreatedOn: '/Date(1506409448000-0700)/',
    OperationId: '4af10637-4ea2-e711-8122-000d3aa2331c',
    OrganizationId: '4ef5b371-e89e-e711-8122-000d3aa2331c',
    OrganizationName: 'unq4ef5b371e89ee7118122000d3aa2',
    OutputParameters: [],
    OwningExtension: {
      Id: '75417616-4ea2-e711-8122-000d3aa2331c',
      KeyAttributes: [],
      LogicalName: 'sdkmessageprocessingstep',
      Name: null,
      RowVersion: null,
    },
    ParentContext: null,
    PostEntityImages: [],
    PreEntityImages: [],
    PrimaryEntityId: row.id,
    PrimaryEntityName: row.table,
    RequestId: null,
    SecondaryEntityName: 'none',
    SharedVariables: [],
    Stage: 40,
    UserId: '75c2dd85-e89e-e711-8122-000d3aa2331c',
    ...other,
  };
}

/** The bytes of a delivery: slashes come escaped. */
export const asBody = (context: object): Buffer =>
  Buffer.from(JSON.stringify(context).replaceAll('/', '\\/'));

export const keyed = pairs;
