import type { Row } from '../../../odata/types';
import type { Choice, Column, ColumnType, LookupTarget } from '../../tables';

/** Pure functions from what `EntityDefinitions` answers to what the pack works with. */

function child(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Row)[name] : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The language of the user, else any. */
export function labelOf(label: unknown): string | undefined {
  const own = text(child(child(label, 'UserLocalizedLabel'), 'Label'));
  if (own) return own;
  const all = child(label, 'LocalizedLabels');
  return Array.isArray(all) ? text(child(all[0], 'Label')) : undefined;
}

/** Microsoft's `AttributeTypeName` without its `Type`. */
const TYPES: Record<string, ColumnType> = {
  String: 'string',
  Memo: 'memo',
  Integer: 'integer',
  BigInt: 'bigint',
  Decimal: 'decimal',
  Double: 'double',
  Money: 'money',
  Boolean: 'boolean',
  DateTime: 'datetime',
  Uniqueidentifier: 'uniqueidentifier',
  Picklist: 'choice',
  MultiSelectPicklist: 'choices',
  State: 'state',
  Status: 'status',
  Lookup: 'lookup',
  Customer: 'lookup',
  Owner: 'lookup',
  File: 'file',
  Image: 'image',
};

function typeName(attribute: Row): string {
  const name =
    text(child(attribute['AttributeTypeName'], 'Value')) ?? text(attribute['AttributeType']);
  return name?.replace(/Type$/, '') ?? '';
}

const typeOf = (attribute: Row): ColumnType => TYPES[typeName(attribute)] ?? 'other';

/** Columns whose companions have values of their own: the name of a file, the id and address of a picture. */
const ACCOMPANIED = new Set(['File', 'Image', 'Uniqueidentifier']);

/** Requests for details that only the attributes of one type have. */
export const CASTS = {
  StringAttributeMetadata: '$select=LogicalName,MaxLength',
  MemoAttributeMetadata: '$select=LogicalName,MaxLength',
  DateTimeAttributeMetadata: '$select=LogicalName,Format,DateTimeBehavior',
  BooleanAttributeMetadata: '$select=LogicalName&$expand=OptionSet',
  PicklistAttributeMetadata: '$select=LogicalName&$expand=OptionSet,GlobalOptionSet',
  MultiSelectPicklistAttributeMetadata: '$select=LogicalName&$expand=OptionSet,GlobalOptionSet',
  StateAttributeMetadata: '$select=LogicalName&$expand=OptionSet',
  StatusAttributeMetadata: '$select=LogicalName&$expand=OptionSet',
} as const;

function choice(option: unknown): Choice[] {
  const value = child(option, 'Value');
  if (typeof value !== 'number') return [];
  return [{ value, label: labelOf(child(option, 'Label')) ?? String(value) }];
}

function choicesOf(detail: Row): Choice[] | undefined {
  const set = detail['OptionSet'] ?? detail['GlobalOptionSet'];
  const options = child(set, 'Options');
  if (Array.isArray(options)) return options.flatMap(choice);
  const yesAndNo = [child(set, 'TrueOption'), child(set, 'FalseOption')].flatMap(choice);
  return yesAndNo.length > 0 ? yesAndNo : undefined;
}

/** Dataverse docs: behavior-format-date-time-attribute. Either mark makes the column `Edm.Date`. */
function isDateOnly(detail: Row): boolean {
  return (
    detail['Format'] === 'DateOnly' || child(detail['DateTimeBehavior'], 'Value') === 'DateOnly'
  );
}

export interface ColumnSources {
  attributes: Row[];
  /** The rows of all casts together. */
  details: Row[];
  /** `ManyToOneRelationships` */
  relationships: Row[];
  /** Logical name → entity set name. */
  entitySets: ReadonlyMap<string, string>;
}

function targetsOf(name: string, { relationships, entitySets }: ColumnSources): LookupTarget[] {
  return relationships.flatMap((relationship) => {
    const table = text(relationship['ReferencedEntity']);
    const navigationProperty = text(relationship['ReferencingEntityNavigationPropertyName']);
    const entitySetName = table === undefined ? undefined : entitySets.get(table);
    if (relationship['ReferencingAttribute'] !== name) return [];
    return table && navigationProperty && entitySetName
      ? [{ table, entitySetName, navigationProperty }]
      : [];
  });
}

const REQUIRED = new Set(['SystemRequired', 'ApplicationRequired']);

/** A row belongs to a user or to a team, whatever table the relationship names (Dataverse docs: assign a row). */
const ownersOf = (navigationProperty: string): LookupTarget[] => [
  { table: 'systemuser', entitySetName: 'systemusers', navigationProperty },
  { table: 'team', entitySetName: 'teams', navigationProperty },
];

function toColumn(attribute: Row, detail: Row, sources: ColumnSources): Column {
  const name = String(attribute['LogicalName']);
  const type = typeOf(attribute);
  const column: Column = {
    name,
    displayName: labelOf(attribute['DisplayName']) ?? name,
    type: type === 'datetime' && isDateOnly(detail) ? 'date' : type,
    required: REQUIRED.has(text(child(attribute['RequiredLevel'], 'Value')) ?? ''),
    creatable: attribute['IsValidForCreate'] !== false,
    updatable: attribute['IsValidForUpdate'] !== false,
    readable: attribute['IsValidForRead'] !== false,
  };
  if (attribute['IsCustomAttribute'] === true) column.custom = true;
  if (typeof detail['MaxLength'] === 'number') column.maxLength = detail['MaxLength'];
  const choices = choicesOf(detail);
  if (choices) column.choices = choices;
  if (type === 'lookup') {
    const isOwner = typeName(attribute) === 'Owner';
    column.targets = isOwner ? ownersOf(name) : targetsOf(name, sources);
  }
  return column;
}

/**
 * Every column that holds a value of its own; names and types of lookups, which Dataverse derives and no row shows, are
 * left out. What comes with files and pictures stands in every row that is read whole.
 */
export function toColumns(sources: ColumnSources): Column[] {
  const details = new Map<unknown, Row>();
  for (const detail of sources.details) {
    const name = detail['LogicalName'];
    details.set(name, { ...details.get(name), ...detail });
  }
  const types = new Map<unknown, string>(
    sources.attributes.map((attribute) => [attribute['LogicalName'], typeName(attribute)]),
  );
  return sources.attributes
    .filter(({ AttributeOf: of }) => of == null || ACCOMPANIED.has(types.get(of) ?? ''))
    .map((attribute) => toColumn(attribute, details.get(attribute['LogicalName']) ?? {}, sources));
}
