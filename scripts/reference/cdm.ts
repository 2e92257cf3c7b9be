import type { ColumnType } from '../../sandbox/dataverse/schema/types';

/**
 * Reads the columns of a Dataverse table out of its documents in Microsoft's Common Data Model: names, labels, types,
 * sizes, choices and targets. Source of the format: microsoft/CDM, schemaDocuments/schema.cdm.json.
 */

/** A column as its document describes it. Targets are names of CDM entities, such as `User`. */
export interface CdmColumn {
  /** Logical name, such as `address1_city`. */
  name: string;
  /** Name in CDM, which has the capitals that the logical name has lost: `address1City`. */
  cdmName: string;
  label: string;
  type: ColumnType;
  maxLength?: number;
  min?: number;
  max?: number;
  required: 'none' | 'application' | 'system';
  /** Whether CDM says that nobody writes it, or it is an amount in the base currency, which is calculated. */
  computed: boolean;
  /** Value and label; for reasons of a state its number too. */
  choices?: Array<[value: number, label: string, state?: number]>;
  targets?: string[];
}

type Json = Readonly<Record<string, unknown>>;

/** Opens a document by its path below `core`, without `.cdm.json`. */
export type OpenDocument = (path: string) => unknown;

const GROUPS = 'wellKnownCDSAttributeGroups';
const ADDRESS = 'applicationCommon/Address';

const TYPES: Readonly<Record<string, ColumnType>> = {
  integer: 'integer',
  minutes: 'integer',
  timezone: 'integer',
  bigInteger: 'bigint',
  cdsVersionNumber: 'bigint',
  decimal: 'decimal',
  double: 'double',
  latitude: 'double',
  longitude: 'double',
  currency: 'money',
  baseCurrency: 'money',
  boolean: 'boolean',
  listLookup: 'picklist',
  listLookupCorrelated: 'status',
  dateTime: 'datetime',
  guid: 'uniqueidentifier',
  entityId: 'uniqueidentifier',
  userId: 'uniqueidentifier',
  json: 'memo',
};

/** What the Web API has no column for: parties of activities, and the name of the table that a lookup points to. */
const LEFT_OUT: ReadonlySet<string> = new Set(['partylist', 'entityName', 'localizedDisplayText']);

/** Text of this length and more is of several lines in every table of the reference. */
const MEMO_LENGTH = 2000;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const object = (value: unknown): Json => (isObject(value) ? value : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const numeric = (value: unknown): number | undefined =>
  value === undefined ? undefined : Number(value);

/** The columns of a table whose entity is spread over documents, each of which extends the one before. */
export function readColumns(open: OpenDocument, documents: readonly string[]): CdmColumn[] {
  const columns = new Map<string, CdmColumn>();
  for (const document of documents) {
    const [entity] = list(object(open(document)).definitions).map(object);
    if (!entity) throw new Error(`${document} defines no entity.`);
    for (const column of ofEntity(open, entity)) columns.set(column.name, column);
  }
  return [...columns.values()];
}

function ofEntity(open: OpenDocument, entity: Json): CdmColumn[] {
  const base = inGroups(open, 'entityName', text(entity.extendsEntity));
  const inherited = base ? ofEntity(open, base) : [];
  const own = list(entity.hasAttributes).flatMap((attribute) => ofMember(open, attribute));
  return [...inherited, ...own];
}

/** A group or entity that many tables have in common. */
function inGroups(open: OpenDocument, key: string, name: string): Json | undefined {
  return list(object(open(GROUPS)).definitions)
    .map(object)
    .find((definition) => name !== '' && definition[key] === name);
}

function ofMember(open: OpenDocument, member: unknown): CdmColumn[] {
  if (typeof member === 'string') {
    const group = inGroups(open, 'attributeGroupName', member);
    if (!group) throw new Error(`There is no group '${member}' in ${GROUPS}.`);
    return list(group.members).flatMap((one) => ofMember(open, one));
  }
  const attribute = object(member);
  if (attribute.attributeGroupReference !== undefined) {
    const group = attribute.attributeGroupReference;
    if (typeof group === 'string') return ofMember(open, group);
    return list(object(group).members).flatMap((one) => ofMember(open, one));
  }
  if (attribute.entity !== undefined) return ofEntityAttribute(open, attribute);
  const column = columnOf(attribute);
  return column ? [column] : [];
}

function ofEntityAttribute(open: OpenDocument, attribute: Json): CdmColumn[] {
  const guidance = object(attribute.resolutionGuidance);
  if (guidance.cardinality === 'many') return addresses(open, attribute, guidance);
  const key = object(object(guidance.entityByReference).foreignKeyAttribute);
  const plain = columnOf(key);
  if (!plain) return [];
  const cdmName =
    guidance.renameFormat === '{m}' ? plain.cdmName : text(attribute.name) + capital(plain.cdmName);
  const targets = entitiesOf(attribute.entity);
  return [{ ...plain, cdmName, type: 'lookup', targets }];
}

/** The entities that a reference may point to; none where CDM leaves it open, as for what an activity is about. */
function entitiesOf(reference: unknown): string[] {
  if (typeof reference === 'string') return [reference];
  const entity = object(reference).entityReference;
  if (typeof entity === 'string') return [entity];
  return list(object(entity).hasAttributes).flatMap((option) => entitiesOf(object(option).entity));
}

/** The columns of two or three addresses inside a row: `address1_city` and so on. */
function addresses(open: OpenDocument, attribute: Json, guidance: Json): CdmColumn[] {
  const definitions = list(object(open(ADDRESS)).definitions).map(object);
  const [entity, inline] = definitions;
  if (!entity || !inline) throw new Error(`${ADDRESS} has no form that stands inside a row.`);
  const [all] = list(inline.hasAttributes).map(object);
  const part = object(object(all?.resolutionGuidance).selectsSubAttribute);
  const left = new Set(list(part.selectsSomeAvoidNames));
  const id = columnOf(object(object(guidance.entityByReference).foreignKeyAttribute));
  const parts = [...(id ? [id] : []), ...ofEntity(open, entity)].filter(
    (column) => !left.has(column.cdmName),
  );
  const count = Number(object(guidance.expansion).maximumExpansion);
  const prefix = text(attribute.name);
  return Array.from({ length: count }, (_, index) => index + 1).flatMap((number) =>
    parts.map((column) => ({
      ...column,
      name: `${prefix}${number}_${column.name}`,
      cdmName: `${prefix}${number}${capital(column.cdmName)}`,
      label: addressLabel(`${capital(prefix)} ${number}`, column.label),
      // An address of its own has to have a street; one inside a row need not be there.
      required: 'none' as const,
    })),
  );
}

/** `Address: ID` makes `Address 1: ID`; the address as a whole is `Address 1`. */
const addressLabel = (numbered: string, label: string): string =>
  label === 'Address' ? numbered : `${numbered}: ${label.replace(/^Address:? /, '')}`;

function columnOf(attribute: Json): CdmColumn | undefined {
  const name = text(attribute.sourceName);
  const dataType = isObject(attribute.dataType)
    ? text(attribute.dataType.dataTypeReference)
    : text(attribute.dataType);
  if (name === '' || LEFT_OUT.has(dataType) || attribute.purpose === 'identifiedBy') {
    return undefined;
  }
  const maxLength = numeric(attribute.maximumLength);
  const type = name === 'statecode' ? 'state' : (TYPES[dataType] ?? textType(name, maxLength));
  const choices = choicesOf(object(attribute.dataType));
  return {
    name,
    cdmName: text(attribute.name),
    label: text(attribute.displayName),
    type,
    ...(type === 'string' || type === 'memo' ? { maxLength } : {}),
    ...(attribute.minimumValue === undefined ? {} : { min: numeric(attribute.minimumValue) }),
    ...(attribute.maximumValue === undefined ? {} : { max: numeric(attribute.maximumValue) }),
    required: requiredOf(attribute),
    computed: attribute.isReadOnly === true || dataType === 'baseCurrency',
    ...(choices.length > 0 ? { choices } : {}),
  };
}

const textType = (name: string, maxLength = 0): ColumnType =>
  maxLength >= MEMO_LENGTH || name === 'composite' || name.endsWith('_composite')
    ? 'memo'
    : 'string';

const LEVELS: Readonly<Record<string, CdmColumn['required']>> = {
  required: 'application',
  systemrequired: 'system',
};

function requiredOf(attribute: Json): CdmColumn['required'] {
  const [argument] = list(argumentsOf(attribute, 'is.requiredAtLevel')).map(object);
  return LEVELS[text(argument?.value)] ?? 'none';
}

const argumentsOf = (owner: Json, trait: string): unknown =>
  list(owner.appliedTraits)
    .map(object)
    .find((one) => one.traitReference === trait)?.arguments;

/** `["en", "Active", "1", "0", "0"]`: language, label, value, order, and the state that a reason belongs to. */
function choicesOf(dataType: Json): NonNullable<CdmColumn['choices']> {
  const [argument] = list(argumentsOf(dataType, 'does.haveDefault')).map(object);
  const values = list(object(argument?.entityReference).constantValues).map(list);
  return values.map(([, label, value, , state]) =>
    state === undefined
      ? [Number(value), text(label)]
      : [Number(value), text(label), Number(state)],
  );
}
