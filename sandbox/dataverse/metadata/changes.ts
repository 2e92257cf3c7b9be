import { DataverseError, errors } from '../errors';
import { noContent, type WebResponse } from '../../odata/http/message';
import type { JsonObject } from '../options';
import { bodyOf, type Call } from '../operations/call';
import type { Table } from '../schema/model';
import {
  PRECISION_SOURCES,
  type ColumnSchema,
  type ColumnType,
  type KeySchema,
  type PrecisionSource,
} from '../schema/types';
import { NAMESPACE } from './attributes';
import { startBuild } from '../store/key-status';
import { keyId } from './definitions';
import { labelText, metadataId } from './labels';

/** Changes to the schema: alternate keys and columns. Source: Dataverse docs, define-alternate-keys-entity. */

const MAX_KEY_COLUMNS = 16;

export function addKey(call: Call, table: Table): WebResponse {
  const { engine } = call;
  const key = readKey(table, bodyOf(call));
  const store = engine.database.store(table.name);
  const at = engine.context.now().getTime() + engine.switches.keyIndexSeconds * 1000;
  const failed = store.hasDuplicates(key);
  startBuild(key, at, failed);
  table.keys.push(key);
  if (!failed) store.addKey(key);
  const address = `EntityDefinitions(${metadataId(table.name)})/Keys(${keyId(table, key.name)})`;
  return noContent({ 'OData-EntityId': `${call.session.base}${address}` });
}

function readKey(table: Table, body: JsonObject): KeySchema {
  const { SchemaName: name, KeyAttributes: columns } = body;
  if (typeof name !== 'string' || !/^[A-Za-z]\w*$/.test(name)) {
    throw errors.invalidArgument("A key needs a 'SchemaName', such as 'new_ExternalIdKey'.");
  }
  if (table.keys.some((key) => key.name.toLowerCase() === name.toLowerCase())) {
    throw new DataverseError(400, '0x80060895', `The entity key ${name} already exists.`);
  }
  const names = Array.isArray(columns) ? columns.map(String) : [];
  if (names.length === 0 || names.length > MAX_KEY_COLUMNS) {
    throw errors.invalidArgument(`A key needs 1 to ${MAX_KEY_COLUMNS} 'KeyAttributes'.`);
  }
  for (const column of names) {
    if (!table.columns.has(column)) {
      throw new DataverseError(
        400,
        '0x80041103',
        `'${table.name}' entity doesn't contain attribute with Name = '${column}'.`,
      );
    }
  }
  return { name, columns: names };
}

export function removeKey(call: Call, table: Table, key: KeySchema): WebResponse {
  table.keys.splice(table.keys.indexOf(key), 1);
  call.engine.database.store(table.name).dropKey(key.name);
  return noContent();
}

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
};

const REQUIRED_LEVELS: Readonly<Record<string, ColumnSchema['required']>> = {
  ApplicationRequired: 'application',
  SystemRequired: 'system',
};

export function addAttribute(call: Call, table: Table): WebResponse {
  const column = readColumn(table, bodyOf(call));
  call.engine.model.addColumn(table, column);
  const id = metadataId(table.name, column.name);
  const address = `EntityDefinitions(${metadataId(table.name)})/Attributes(${id})`;
  return noContent({ 'OData-EntityId': `${call.session.base}${address}` });
}

function readColumn(table: Table, body: JsonObject): ColumnSchema {
  const type = columnType(body);
  const schemaName = body.SchemaName;
  if (typeof schemaName !== 'string' || !/^[A-Za-z][^\W_]*_\w+$/.test(schemaName)) {
    throw errors.invalidArgument(
      "A column needs a 'SchemaName' with a prefix, such as 'new_ExternalId'.",
    );
  }
  const name = schemaName.toLowerCase();
  if (table.columns.has(name)) {
    throw new DataverseError(
      400,
      '0x80044363',
      `Attribute ${name} already exists for entity ${table.name}.`,
    );
  }
  const level = (body.RequiredLevel as JsonObject | undefined)?.Value;
  return {
    name,
    schemaName,
    label: labelText(body.DisplayName) ?? schemaName,
    type,
    required: REQUIRED_LEVELS[String(level)] ?? 'none',
    writable: 'always',
    custom: true,
    ...measures(type, body),
  };
}

function columnType(body: JsonObject): ColumnType {
  const name = String(body['@odata.type'] ?? '')
    .replace(/^#/, '')
    .replace(NAMESPACE, '');
  const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (!type) {
    throw errors.invalidArgument(
      `'${String(body['@odata.type'])}' is not a type of column: use one of ${Object.keys(TYPES).join(', ')}.`,
    );
  }
  return type === 'datetime' && body.Format === 'DateOnly' ? 'date' : type;
}

const numberOr = (value: unknown, fallback: number): number =>
  typeof value === 'number' ? value : fallback;

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
      return { maxLength: numberOr(body.MaxLength, 100) };
    case 'memo':
      return { maxLength: numberOr(body.MaxLength, 2000) };
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
      return { choices: readChoices(body) };
    default:
      return {};
  }
}

function readChoices(body: JsonObject): ColumnSchema['choices'] {
  const options = (body.OptionSet as JsonObject | undefined)?.Options;
  if (!Array.isArray(options)) return [];
  return (options as JsonObject[]).map((option) => ({
    value: Number(option.Value),
    label: labelText(option.Label) ?? String(option.Value),
  }));
}
