import type { JsonObject } from '../options';
import { sizesOf } from '../schema/files';
import type { Table } from '../schema/model';
import {
  PRECISION_SOURCES,
  type Choice,
  type ColumnSchema,
  type ColumnType,
  type Labels,
} from '../schema/types';
import { description, label, managed, metadataId } from './labels';

/** Name of the metadata type, and of the attribute type, of each kind of column. */
interface Kind {
  metadata: string;
  type: string;
}

const KINDS: Readonly<Record<ColumnType, Kind>> = {
  string: { metadata: 'StringAttributeMetadata', type: 'String' },
  memo: { metadata: 'MemoAttributeMetadata', type: 'Memo' },
  integer: { metadata: 'IntegerAttributeMetadata', type: 'Integer' },
  bigint: { metadata: 'BigIntAttributeMetadata', type: 'BigInt' },
  decimal: { metadata: 'DecimalAttributeMetadata', type: 'Decimal' },
  double: { metadata: 'DoubleAttributeMetadata', type: 'Double' },
  money: { metadata: 'MoneyAttributeMetadata', type: 'Money' },
  boolean: { metadata: 'BooleanAttributeMetadata', type: 'Boolean' },
  picklist: { metadata: 'PicklistAttributeMetadata', type: 'Picklist' },
  multiselect: { metadata: 'MultiSelectPicklistAttributeMetadata', type: 'Virtual' },
  state: { metadata: 'StateAttributeMetadata', type: 'State' },
  status: { metadata: 'StatusAttributeMetadata', type: 'Status' },
  datetime: { metadata: 'DateTimeAttributeMetadata', type: 'DateTime' },
  date: { metadata: 'DateTimeAttributeMetadata', type: 'DateTime' },
  lookup: { metadata: 'LookupAttributeMetadata', type: 'Lookup' },
  uniqueidentifier: { metadata: 'UniqueIdentifierAttributeMetadata', type: 'Uniqueidentifier' },
  file: { metadata: 'FileAttributeMetadata', type: 'Virtual' },
  image: { metadata: 'ImageAttributeMetadata', type: 'Virtual' },
};

/** Pixels of the small picture, at most. */
const THUMBNAIL = 144;

export const NAMESPACE = 'Microsoft.Dynamics.CRM.';

const REQUIRED = {
  none: 'None',
  application: 'ApplicationRequired',
  system: 'SystemRequired',
} as const;

function attributeType(column: ColumnSchema): string {
  if (column.name === 'ownerid' && column.type === 'lookup') return 'Owner';
  const tables = (column.targets ?? []).map((target) => target.table);
  if (tables.includes('account') && tables.includes('contact')) return 'Customer';
  return KINDS[column.type].type;
}

/** Of the columns that are all `Virtual`. */
const TYPE_NAMES: Partial<Record<ColumnType, string>> = {
  multiselect: 'MultiSelectPicklistType',
  file: 'FileType',
  image: 'ImageType',
};

const typeName = (column: ColumnSchema): string =>
  TYPE_NAMES[column.type] ?? `${attributeType(column)}Type`;

/** A file comes by itself, and of the pictures of a table only one with a new row. */
function isWritable({ type, writable, primaryImage }: ColumnSchema, when: 'create' | 'update') {
  if (type === 'file' || (type === 'image' && when === 'create' && !primaryImage)) return false;
  return writable === 'always' || writable === when;
}

/** Documented: record ids, times and who wrote a row cannot be secured; the primary name and the state cannot either. */
const NEVER_SECURED: ReadonlySet<string> = new Set([
  'createdby',
  'createdon',
  'createdonbehalfby',
  'importsequencenumber',
  'modifiedby',
  'modifiedon',
  'modifiedonbehalfby',
  'overriddencreatedon',
  'ownerid',
  'owningbusinessunit',
  'owningteam',
  'owninguser',
  'statecode',
  'timezoneruleversionnumber',
  'utcconversiontimezonecode',
  'versionnumber',
]);

const canBeSecured = ({ primaryId, schema }: Table, column: ColumnSchema): boolean =>
  !NEVER_SECURED.has(column.name) &&
  ![primaryId, schema.primaryName].includes(column.name) &&
  column.writable !== 'never';

/** Properties that every attribute has; others need a cast in the path. */
export function commonProperties(table: Table, column: ColumnSchema): JsonObject {
  const id = metadataId(table.name, column.name);
  const secured = canBeSecured(table, column);
  return {
    MetadataId: id,
    LogicalName: column.name,
    SchemaName: column.schemaName,
    EntityLogicalName: table.name,
    AttributeType: attributeType(column),
    AttributeTypeName: { Value: typeName(column) },
    AttributeOf: column.attributeOf ?? null,
    DisplayName: label(column.label, id, column.labels),
    Description: description(column.description, id),
    RequiredLevel: managed(REQUIRED[column.required], 'canmodifyrequirementlevelsettings'),
    IsPrimaryId: column.name === table.primaryId,
    IsPrimaryName: column.name === table.schema.primaryName,
    IsValidForCreate: isWritable(column, 'create'),
    IsValidForUpdate: isWritable(column, 'update'),
    IsValidForRead: column.readable !== false,
    IsValidForAdvancedFind: managed(true, 'canmodifysearchsettings'),
    IsValidODataAttribute: true,
    IsCustomAttribute: column.custom === true,
    IsCustomizable: managed(true, 'iscustomizable'),
    IsManaged: column.custom !== true,
    IsLogical: false,
    IsFilterable: true,
    IsSearchable: false,
    IsSecured: false,
    CanBeSecuredForCreate: secured && isWritable(column, 'create'),
    CanBeSecuredForRead: secured,
    CanBeSecuredForUpdate: secured && isWritable(column, 'update'),
    SourceType: 0,
    ColumnNumber: [...table.columns.keys()].indexOf(column.name) + 1,
    HasChanged: null,
  };
}

const sourceOf = ({ precisionSource = 'currency' }: ColumnSchema): number =>
  PRECISION_SOURCES[precisionSource];

function ownProperties(column: ColumnSchema): JsonObject {
  const range: JsonObject = {
    MinValue: column.min ?? null,
    MaxValue: column.max ?? null,
  };
  switch (column.type) {
    case 'string':
      return { MaxLength: column.maxLength ?? 100, Format: 'Text', FormatName: { Value: 'Text' } };
    case 'memo':
      return { MaxLength: column.maxLength ?? 2000, Format: 'TextArea' };
    case 'integer':
      return { ...range, Format: 'None' };
    case 'bigint':
      return range;
    case 'decimal':
    case 'double':
      return { ...range, Precision: column.precision ?? 2 };
    case 'money':
      return { ...range, Precision: column.precision ?? 2, PrecisionSource: sourceOf(column) };
    case 'boolean':
      return { DefaultValue: column.default === true };
    case 'picklist':
    case 'status':
    case 'state':
    case 'multiselect':
      return { DefaultFormValue: typeof column.default === 'number' ? column.default : -1 };
    case 'datetime':
      return { Format: 'DateAndTime', DateTimeBehavior: { Value: 'UserLocal' } };
    case 'date':
      return { Format: 'DateOnly', DateTimeBehavior: { Value: 'UserLocal' } };
    case 'file':
      return { MaxSizeInKB: column.maxSizeInKb ?? sizesOf('file').usual };
    case 'image':
      return {
        MaxSizeInKB: column.maxSizeInKb ?? sizesOf('image').usual,
        CanStoreFullImage: column.fullImage === true,
        IsPrimaryImage: column.primaryImage === true,
        MaxHeight: THUMBNAIL,
        MaxWidth: THUMBNAIL,
      };
    case 'lookup':
      return { Targets: (column.targets ?? []).map((target) => target.table), Format: 'None' };
    default:
      return {};
  }
}

export function attribute(table: Table, column: ColumnSchema): JsonObject {
  return {
    '@odata.type': `#${NAMESPACE}${KINDS[column.type].metadata}`,
    ...commonProperties(table, column),
    ...ownProperties(column),
  };
}

const SET_TYPES: Partial<Record<ColumnType, string>> = {
  picklist: 'Picklist',
  multiselect: 'Picklist',
  state: 'State',
  status: 'Status',
  boolean: 'Boolean',
};

/** The choices of a column; undefined when it has none. Those of a global choice are not its own. */
export function optionSet(table: Table, column: ColumnSchema): JsonObject | undefined {
  const type = SET_TYPES[column.type];
  if (type === undefined) return undefined;
  const name = `${table.name}_${column.name}`;
  const common = optionSetCommon({ name, type, label: column.label, labels: column.labels });
  if (column.type !== 'boolean') {
    const options = (column.choices ?? []).map((choice) => option(name, choice, column));
    return { ...common, Options: options };
  }
  return {
    ...common,
    TrueOption: option(name, { value: 1, label: 'Yes' }),
    FalseOption: option(name, { value: 0, label: 'No' }),
  };
}

interface OptionSetSchema {
  name: string;
  type: string;
  label: string;
  labels?: Labels;
  description?: Labels;
  global?: boolean;
  custom?: boolean;
}

export const optionSetId = (name: string): string => metadataId('option set', name);

export const optionSetCommon = ({
  name,
  type,
  label: text,
  labels,
  description: about,
  global = false,
  custom = false,
}: OptionSetSchema): JsonObject => ({
  MetadataId: optionSetId(name),
  Name: name,
  DisplayName: label(text, name, labels),
  Description: description(about, name),
  IsGlobal: global,
  IsCustomOptionSet: custom,
  IsManaged: !custom,
  OptionSetType: type,
  HasChanged: null,
});

export function option(set: string, choice: Choice, column?: ColumnSchema): JsonObject {
  const id = metadataId('option', set, String(choice.value));
  return {
    Value: choice.value,
    Color: null,
    IsManaged: true,
    ExternalValue: '',
    MetadataId: id,
    HasChanged: null,
    Label: label(choice.label, id, choice.labels),
    Description: description(choice.description, id),
    ...(column?.type === 'status' ? { State: choice.state ?? 0, TransitionData: null } : {}),
    ...(column?.type === 'state' ? { InvariantName: choice.label } : {}),
  };
}
