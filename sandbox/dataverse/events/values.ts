import type { JsonObject, JsonValue } from '../options';
import type { ColumnSchema, ColumnType } from '../schema/types';
import { isReference, type Reference, type Value } from '../store/row';

/**
 * Values as the data contract serializer of .NET writes them. Source: Dataverse docs, use-webhooks, and captures of
 * deliveries for what its example does not have.
 */

const CONTRACTS = 'http://schemas.microsoft.com/xrm/2011/Contracts';

export const typed = (name: string): { __type: string } => ({ __type: `${name}:${CONTRACTS}` });

export const referenceMembers = ({ table, id }: Reference): JsonObject => ({
  Id: id,
  KeyAttributes: [],
  LogicalName: table,
  Name: null,
  RowVersion: null,
});

export const referenceValue = (reference: Reference): JsonObject => ({
  ...typed('EntityReference'),
  ...referenceMembers(reference),
});

const choice = (value: number): JsonObject => ({ ...typed('OptionSetValue'), Value: value });

export const time = (milliseconds: number, offset = ''): string =>
  `/Date(${milliseconds}${offset})/`;

type Encode = (value: NonNullable<Value>) => JsonValue;

const plain: Encode = (value) => (isReference(value) ? value.id : value);

const moment: Encode = (value) => time(Date.parse(String(value)));

const number: Encode = (value) => choice(Number(value));

const ENCODERS: Partial<Record<ColumnType, Encode>> = {
  money: (value) => ({ ...typed('Money'), Value: Number(value) }),
  picklist: number,
  state: number,
  status: number,
  multiselect: (value) => String(value).split(',').map(Number).map(choice),
  lookup: (value) => (isReference(value) ? referenceValue(value) : plain(value)),
  datetime: moment,
  date: moment,
};

export const encoded = (value: Value | undefined, { type }: ColumnSchema): JsonValue =>
  value === undefined || value === null ? null : (ENCODERS[type] ?? plain)(value);
