import { splitUrl } from '../dialect';
import { DataverseError, errors } from '../errors';
import { noContent, type WebResponse } from '../../odata/http/message';
import type { JsonObject } from '../options';
import { bodyOf, type Call } from '../operations/call';
import type { Table } from '../schema/model';
import { moneyColumns } from '../schema/columns';
import { sizesOf } from '../schema/files';
import {
  PRECISION_SOURCES,
  type ColumnSchema,
  type ColumnType,
  type PrecisionSource,
} from '../schema/types';
import { attribute, NAMESPACE } from './attributes';
import { COMPONENTS, customize, publishable, untilPublished } from './customizing';
import { boundChoice } from './global-option-sets';
import { asLabelled, labelsOf, metadataId, readLabels, replacedLabels } from './labels';
import { readChoices } from './options';

/** Columns of a table. Source: Dataverse docs, create-update-column-definitions-using-web-api. */

const TYPES: Readonly<Record<string, ColumnType>> = {
  StringAttributeMetadata: 'string',
  MemoAttributeMetadata: 'memo',
  IntegerAttributeMetadata: 'integer',
  BigIntAttributeMetadata: 'bigint',
  DecimalAttributeMetadata: 'decimal',
  DoubleAttributeMetadata: 'double',
  MoneyAttributeMetadata: 'money',
  BooleanAttributeMetadata: 'boolean',
  DateTimeAttributeMetadata: 'datetime',
  PicklistAttributeMetadata: 'picklist',
  MultiSelectPicklistAttributeMetadata: 'multiselect',
  FileAttributeMetadata: 'file',
  ImageAttributeMetadata: 'image',
};

const REQUIRED_LEVELS: Readonly<Record<string, ColumnSchema['required']>> = {
  ApplicationRequired: 'application',
  SystemRequired: 'system',
};

/** A name that a user gives starts with the prefix of a publisher. */
export const isCustomName = (name: unknown): name is string =>
  typeof name === 'string' && /^[A-Za-z][^\W_]*_\w+$/.test(name);

export const requiredLevel = (body: JsonObject): ColumnSchema['required'] =>
  REQUIRED_LEVELS[String((body.RequiredLevel as JsonObject | undefined)?.Value)] ?? 'none';

export function addAttribute(call: Call, table: Table): WebResponse {
  return customize(call, 'prvCreateAttribute', () => {
    const body = bodyOf(call);
    const column = { ...readColumn(table, body), ...boundChoice(call, body) };
    addColumn(call, table, column);
    const id = metadataId(table.name, column.name);
    const address = `EntityDefinitions(${metadataId(table.name)})/Attributes(${id})`;
    return {
      response: noContent({ 'OData-EntityId': `${call.session.base}${address}` }),
      piece: column,
      component: { id, type: COMPONENTS.column },
    };
  });
}

/** The first amount of a table brings the currency and its rate. */
function addColumn({ engine }: Call, table: Table, column: ColumnSchema): void {
  engine.model.addColumn(table, column);
  if (column.type !== 'money' || table.columns.has('transactioncurrencyid')) return;
  for (const added of moneyColumns(table.name)) engine.model.addColumn(table, added);
  engine.database.store(table.name).addIndex('transactioncurrencyid');
}

/** Checks that a column may be made under this name. */
export function newColumnName(table: Table | undefined, schemaName: unknown): string {
  if (!isCustomName(schemaName)) {
    throw errors.invalidArgument(
      "A column needs a 'SchemaName' with a prefix, such as 'new_ExternalId'.",
    );
  }
  const name = schemaName.toLowerCase();
  if (table?.columns.has(name)) {
    // Microsoft's own samples name this code DuplicateAttributeSchemaName.
    throw new DataverseError(
      400,
      '0x80047013',
      `Attribute ${name} already exists for entity ${table.name}.`,
    );
  }
  return name;
}

/** A column out of its definition; `table` is left out for a table that is about to be made. */
export function readColumn(table: Table | undefined, body: JsonObject): ColumnSchema {
  const type = columnType(body);
  const name = newColumnName(table, body.SchemaName);
  return {
    name,
    schemaName: String(body.SchemaName),
    ...namedBy(body.DisplayName, String(body.SchemaName)),
    description: readLabels(body.Description),
    type,
    required: requiredLevel(body),
    writable: 'always',
    custom: true,
    ...measures(type, body),
  };
}

/** The label of a piece, which is its name where nobody gives one. */
export function namedBy(value: unknown, name: string): ReturnType<typeof asLabelled> {
  const labels = readLabels(value);
  return Object.keys(labels).length > 0 ? asLabelled(labels) : { label: name };
}

/**
 * Replaces the definition of a column by the one in the body, once it is published. Its options have actions of their own.
 * @param cast type of the column that the path names
 */
export function updateAttribute(
  call: Call,
  table: Table,
  column: ColumnSchema,
  cast: string | undefined,
): WebResponse {
  return customize(call, 'prvWriteAttribute', () => {
    const body = bodyOf(call);
    checkSameColumn(table, column, body, cast);
    const { choices: _own, ...measured } = measures(column.type, body);
    const changed = {
      ...asLabelled(replacedLabels(call, labelsOf(column), body.DisplayName)),
      description: replacedLabels(call, column.description ?? {}, body.Description),
      required: column.required === 'system' ? column.required : requiredLevel(body),
      ...measured,
    };
    untilPublished(call.engine, publishable('entity', table.name), `column ${column.name}`, () => {
      const newest = table.columns.get(column.name);
      if (newest) call.engine.model.addColumn(table, { ...newest, ...changed });
    });
    const { path } = splitUrl(call.request.url);
    return {
      response: noContent({ 'OData-EntityId': `${call.session.base}${path}` }),
      component: { id: metadataId(table.name, column.name), type: COMPONENTS.column },
    };
  });
}

/** What a column is called and of which type it is can never be changed. */
function checkSameColumn(
  table: Table,
  column: ColumnSchema,
  { LogicalName: name = column.name, '@odata.type': given }: JsonObject,
  cast: string | undefined,
): void {
  const type = String(attribute(table, column)['@odata.type']);
  const said = [given, cast].filter((one) => one !== undefined).map(withHash);
  if (said.length === 0 || said.some((one) => one !== type)) {
    throw errors.invalidArgument(`'@odata.type' must be '${type}'.`);
  }
  if (name !== column.name) {
    throw errors.invalidArgument(`'LogicalName' must be '${column.name}'.`);
  }
}

const withHash = (type: unknown): string => `#${String(type).replace(/^#/, '')}`;

/** What is part of a key or comes from Microsoft stays. */
export function removeAttribute(call: Call, table: Table, column: ColumnSchema): WebResponse {
  return customize(call, 'prvDeleteAttribute', () => {
    const isUsed = table.keys.some(({ columns }) => columns.includes(column.name));
    if (isUsed || !column.custom) {
      throw new DataverseError(
        400,
        '0x8004f01f',
        `The Attribute(${metadataId(table.name, column.name)}) component cannot be deleted because it is ` +
          'referenced by 1 other components.',
      );
    }
    call.engine.model.removeColumn(table, column);
    return { response: noContent() };
  });
}

function columnType(body: JsonObject): ColumnType {
  const name = String(body['@odata.type'] ?? '')
    .replace(/^#/, '')
    .replace(NAMESPACE, '');
  const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (name === 'LookupAttributeMetadata') {
    throw errors.invalidArgument(
      'A lookup is made together with its relationship: POST RelationshipDefinitions.',
    );
  }
  if (!type) {
    throw errors.invalidArgument(
      `'${String(body['@odata.type'])}' is not a type of column: use one of ${Object.keys(TYPES).join(', ')}.`,
    );
  }
  return type === 'datetime' && body.Format === 'DateOnly' ? 'date' : type;
}

const numberOr = (value: unknown, fallback: number): number =>
  typeof value === 'number' ? value : fallback;

/** Characters; StringAttributeMetadata and MemoAttributeMetadata say how many there may be at most. */
function lengthOf({ MaxLength: given }: JsonObject, fallback: number, most: number): number {
  const length = numberOr(given, fallback);
  if (Number.isInteger(length) && length >= 1 && length <= most) return length;
  throw errors.invalidArgument(`'MaxLength' must be a whole number from 1 to ${most}.`);
}

const numberMeasures = (body: JsonObject): Partial<ColumnSchema> => ({
  precision: numberOr(body.Precision, 2),
  min: numberOr(body.MinValue, -100_000_000_000),
  max: numberOr(body.MaxValue, 100_000_000_000),
});

/** Documented: the currency, unless the body says otherwise. */
function precisionSource(number: unknown): PrecisionSource {
  const sources = Object.keys(PRECISION_SOURCES) as PrecisionSource[];
  return sources.find((source) => PRECISION_SOURCES[source] === number) ?? 'currency';
}

function measures(type: ColumnType, body: JsonObject): Partial<ColumnSchema> {
  switch (type) {
    case 'string':
      return { maxLength: lengthOf(body, 100, 4000) };
    case 'memo':
      return { maxLength: lengthOf(body, 2000, 1_048_576) };
    case 'integer':
      return {
        min: numberOr(body.MinValue, -2147483648),
        max: numberOr(body.MaxValue, 2147483647),
      };
    case 'decimal':
    case 'double':
      return numberMeasures(body);
    case 'money':
      return { ...numberMeasures(body), precisionSource: precisionSource(body.PrecisionSource) };
    case 'boolean':
      return { default: body.DefaultValue === true };
    case 'picklist':
    case 'multiselect':
      return { choices: readChoices((body.OptionSet as JsonObject | undefined)?.Options) };
    case 'file':
      return { maxSizeInKb: sizeOf(type, body) };
    case 'image':
      return {
        maxSizeInKb: sizeOf(type, body),
        fullImage: body.CanStoreFullImage === true,
        primaryImage: body.IsPrimaryImage === true,
      };
    default:
      return {};
  }
}

/** Documented: a file has up to 10 GB, a picture 30 MB. */
function sizeOf(type: 'file' | 'image', { MaxSizeInKB: given }: JsonObject): number {
  const { usual, most } = sizesOf(type);
  const size = numberOr(given, usual);
  if (Number.isInteger(size) && size >= 1 && size <= most) return size;
  throw errors.invalidArgument(`'MaxSizeInKB' must be a whole number from 1 to ${most}.`);
}
