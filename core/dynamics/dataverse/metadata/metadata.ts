import { validationError } from '../../../errors';
import { encodeQuery, eq, or } from '../../../odata/query';
import { answerOf } from '../../../odata/sendAll';
import type { BatchAnswer, BatchOutcome, Row, SingleOperation } from '../../../odata/types';
import type { AlternateKey, Collection, Column } from '../../tables';
import { entitySet, readPage } from '../operations';
import type { Dataverse, DataverseMetadata, DataverseTable } from '../types';
import { CASTS, labelOf, toColumns } from './columns';
import { readRelationships } from './relationships';

const TABLE_FIELDS =
  'LogicalName,EntitySetName,DisplayName,PrimaryIdAttribute,PrimaryNameAttribute';
const ATTRIBUTE_FIELDS =
  'LogicalName,DisplayName,AttributeType,AttributeTypeName,AttributeOf,RequiredLevel,IsValidForCreate,IsValidForUpdate,IsValidForRead,IsCustomAttribute';
const MANY_TO_ONE_FIELDS =
  'ReferencingAttribute,ReferencedEntity,ReferencingEntityNavigationPropertyName';
const ONE_TO_MANY_FIELDS =
  'ReferencedEntityNavigationPropertyName,ReferencingEntity,ReferencingAttribute';

function read(path: string): SingleOperation {
  return { method: 'GET', path };
}

function definition(table: string): string {
  return `EntityDefinitions(LogicalName='${entitySet(table)}')`;
}

const rowsOf = (answer: BatchAnswer): Row[] => readPage(answer).rows;

function rowsOrThrow(outcome: BatchOutcome | undefined): Row[] {
  return rowsOf(answerOf(outcome));
}

/** Casts bring details only (lengths, choices); an environment that lacks one attribute type still has columns. */
function rowsOrNone(outcome: BatchOutcome | undefined): Row[] {
  const errorClass = outcome?.ok === false ? outcome.error.class : undefined;
  return errorClass === 'not-found' || errorClass === 'validation' ? [] : rowsOrThrow(outcome);
}

function optional(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function toTable(row: Row): DataverseTable[] {
  const logicalName = optional(row['LogicalName']);
  const entitySetName = optional(row['EntitySetName']);
  const primaryId = optional(row['PrimaryIdAttribute']);
  // Tables without an entity set cannot be reached through the Web API.
  if (!logicalName || !entitySetName || !primaryId) return [];
  return [
    {
      logicalName,
      entitySetName,
      displayName: labelOf(row['DisplayName']) ?? logicalName,
      primaryId,
      primaryName: optional(row['PrimaryNameAttribute']),
    },
  ];
}

function toKey(row: Row): AlternateKey {
  const name = String(row['LogicalName']);
  const columns: unknown = row['KeyAttributes'];
  return {
    name,
    displayName: labelOf(row['DisplayName']) ?? name,
    columns: Array.isArray(columns) ? columns.map(String) : [],
    active: row['EntityKeyIndexStatus'] === 'Active',
  };
}

function toCollection(row: Row): Collection[] {
  const navigationProperty = optional(row['ReferencedEntityNavigationPropertyName']);
  const table = optional(row['ReferencingEntity']);
  const lookupColumn = optional(row['ReferencingAttribute']);
  return navigationProperty && table && lookupColumn
    ? [{ navigationProperty, table, lookupColumn }]
    : [];
}

/** Remembers a promise by name; a failed one is forgotten, so that the next call asks again. */
function remembered<T>(ask: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (name) => {
    const known = answers.get(name);
    if (known) return known;
    const asked = ask(name);
    answers.set(name, asked);
    asked.catch(() => answers.delete(name));
    return asked;
  };
}

async function readTables(dataverse: Dataverse, filter?: string): Promise<DataverseTable[]> {
  const query = `?$select=${TABLE_FIELDS}${filter ? `&$filter=${encodeQuery(filter)}` : ''}`;
  const answer = await dataverse.request(read(`EntityDefinitions${query}`));
  return rowsOf(answer).flatMap(toTable);
}

/** As many names as an address of 32 KB surely holds. */
const NAMES_PER_REQUEST = 100;

async function readEntitySets(dataverse: Dataverse, names: string[]): Promise<Map<string, string>> {
  const sets = new Map<string, string>();
  for (let start = 0; start < names.length; start += NAMES_PER_REQUEST) {
    const filters = names
      .slice(start, start + NAMES_PER_REQUEST)
      .map((name) => eq('LogicalName', name));
    for (const { logicalName, entitySetName } of await readTables(dataverse, or(...filters))) {
      sets.set(logicalName, entitySetName);
    }
  }
  return sets;
}

/** All that is asked of one table in one batch, and the names of its lookup targets in a second request. */
async function readColumns(dataverse: Dataverse, table: string): Promise<Column[]> {
  const attributes = `${definition(table)}/Attributes`;
  const casts = Object.entries(CASTS).map(([type, query]) =>
    read(`${attributes}/Microsoft.Dynamics.CRM.${type}?${query}`),
  );
  const [all, manyToOne, ...details] = await dataverse.batch([
    read(`${attributes}?$select=${ATTRIBUTE_FIELDS}`),
    read(`${definition(table)}/ManyToOneRelationships?$select=${MANY_TO_ONE_FIELDS}`),
    ...casts,
  ]);
  const relationships = rowsOrThrow(manyToOne);
  const names = new Set(relationships.map((row) => String(row['ReferencedEntity'])));
  return toColumns({
    attributes: rowsOrThrow(all),
    details: details.flatMap(rowsOrNone),
    relationships,
    entitySets: await readEntitySets(dataverse, [...names]),
  });
}

/** What the environment says of its tables. Make one per run: it keeps every answer it has had, and nothing else does. */
export function createMetadata(dataverse: Dataverse): DataverseMetadata {
  const allTables = remembered(() => readTables(dataverse));

  const table = remembered(async (name) => {
    const [found] = await readTables(
      dataverse,
      or(eq('LogicalName', entitySet(name)), eq('EntitySetName', name)),
    );
    if (found) return found;
    throw validationError(
      `This environment has no table "${name}".`,
      'Check its logical name in Power Apps > Tables; custom tables begin with a prefix, such as new_.',
    );
  });

  const existing = remembered(async (list) => {
    const names = list.split(',');
    const found = await readTables(dataverse, or(...names.map((name) => eq('LogicalName', name))));
    const byName = new Map(found.map((one) => [one.logicalName, one]));
    return names.flatMap((name) => byName.get(name) ?? []);
  });

  /** By any of its two names. */
  function ofTable<T>(ask: (logicalName: string) => Promise<T>): (name: string) => Promise<T> {
    const answer = remembered(ask);
    return async (name) => await answer((await table(name)).logicalName);
  }

  return {
    tables: () => allTables(''),
    table,
    relationships: ofTable((name) => readRelationships(dataverse, name, readEntitySets)),
    existing: (names) => existing(names.join(',')),
    columns: ofTable((name) => readColumns(dataverse, name)),
    keys: ofTable(async (name) => {
      const fields = 'LogicalName,DisplayName,KeyAttributes,EntityKeyIndexStatus';
      const path = `${definition(name)}/Keys?$select=${fields}`;
      return rowsOf(await dataverse.request(read(path))).map(toKey);
    }),
    collections: ofTable(async (name) => {
      const path = `${definition(name)}/OneToManyRelationships?$select=${ONE_TO_MANY_FIELDS}`;
      return rowsOf(await dataverse.request(read(path))).flatMap(toCollection);
    }),
  };
}
