import type { Engine } from '../engine';
import { propertyName, type Table } from '../schema/model';
import type { ColumnSchema, TableSchema } from '../schema/types';
import { edmType } from '../write/values';
import { imports, operations } from './csdl-operations';

/** `$metadata` as CSDL XML (OData 4.0), from the same schema as everything else. */

const XML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => XML[character] ?? '');

function attributes(values: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escape(value ?? '')}"`)
    .join('');
}

const SUPPORTED =
  '<Annotation Term="Org.OData.Capabilities.V1.ChangeTracking"><Record>' +
  '<PropertyValue Property="Supported" Bool="true" /></Record></Annotation>';

const description = (text: string): string =>
  `<Annotation Term="Org.OData.Core.V1.Description" String="${escape(text)}" />`;

/** What `$metadata?annotations=true` says about a property beyond its type. */
function annotations(column: ColumnSchema): string {
  // A lookup is read here and written by its navigation property.
  const computed = column.writable === 'never' || column.type === 'lookup';
  return (
    description(column.label) +
    (computed ? '<Annotation Term="Org.OData.Core.V1.Computed" Bool="true" />' : '')
  );
}

function property(engine: Engine, column: ColumnSchema, annotated: boolean): string {
  const values = attributes({
    Name: propertyName(column),
    Type: edmType(column, engine.switches),
    Unicode: column.type === 'string' || column.type === 'memo' ? 'false' : undefined,
    Scale: column.type === 'decimal' || column.type === 'money' ? 'Variable' : undefined,
  });
  return annotated
    ? `<Property${values}>${annotations(column)}</Property>`
    : `<Property${values} />`;
}

const keyElement = (name: string): string => `<Key><PropertyRef Name="${name}" /></Key>`;

/** Types between the one of all rows and those of some tables; what descends from one has its key from it. */
const BASES: Readonly<Record<NonNullable<TableSchema['base']>, string>> = {
  activitypointer: 'activityid',
  principal: 'ownerid',
};

const baseTypes = (): string =>
  Object.entries(BASES)
    .map(
      ([name, key]) =>
        `<EntityType Name="${name}" BaseType="mscrm.crmbaseentity">${keyElement(key)}` +
        `<Property Name="${key}" Type="Edm.Guid" Nullable="false" /></EntityType>`,
    )
    .join('');

function entityType(engine: Engine, table: Table, annotated: boolean): string {
  const { base = 'crmbaseentity' } = table.schema;
  // OData 4.0 CSDL, 6.1.1 and 8.2: neither a property nor the key of a base type is declared again.
  const inherited = base === 'crmbaseentity' ? undefined : BASES[base];
  const properties = [...table.columns.values()]
    .filter((column) => column.name !== inherited)
    .map((column) => property(engine, column, annotated));
  const singles = [...table.singles.values()].map(({ name, column, target }) => {
    const values = attributes({
      Name: name,
      Type: `mscrm.${target.table}`,
      Nullable: column.required === 'system' ? 'false' : undefined,
      Partner: target.collection,
    });
    const constraint = attributes({
      Property: propertyName(column),
      ReferencedProperty: keyOf(engine.model.required(target.table)),
    });
    return `<NavigationProperty${values}><ReferentialConstraint${constraint} /></NavigationProperty>`;
  });
  const collections = [...table.collections.values()].map(({ name, table: other, target }) => {
    const values = { Name: name, Type: `Collection(mscrm.${other})`, Partner: target.navigation };
    return `<NavigationProperty${attributes(values)} />`;
  });
  const associations = [...table.manyToMany.values()].map(({ name, target }) => {
    const values = { Name: name, Type: `Collection(mscrm.${target})`, Partner: name };
    return `<NavigationProperty${attributes(values)} />`;
  });
  return (
    `<EntityType Name="${table.name}" BaseType="mscrm.${base}">${inherited ? '' : keyElement(keyOf(table))}` +
    `${[...properties, ...singles, ...collections, ...associations].join('')}${alternateKeys(table)}` +
    `${annotated ? description(table.schema.label) : ''}</EntityType>`
  );
}

/** Users and teams are keyed by the name that they have in common. */
const keyOf = ({ schema, primaryId }: Table): string => schema.keyName ?? primaryId;

function alternateKeys(table: Table): string {
  if (table.keys.length === 0) return '';
  const records = table.keys.map(({ columns }) => {
    const parts = columns.map((name) => {
      const column = table.columns.get(name);
      const path = column ? propertyName(column) : name;
      return (
        `<Record Type="OData.Community.Keys.V1.PropertyRef"><PropertyValue Property="Alias" String="${path}" />` +
        `<PropertyValue Property="Name" PropertyPath="${path}" /></Record>`
      );
    });
    return (
      '<Record Type="OData.Community.Keys.V1.AlternateKey"><PropertyValue Property="Key"><Collection>' +
      `${parts.join('')}</Collection></PropertyValue></Record>`
    );
  });
  return (
    `<Annotation Term="OData.Community.Keys.V1.AlternateKeys"><Collection>${records.join('')}` +
    '</Collection></Annotation>'
  );
}

function entitySet(engine: Engine, table: Table, annotated: boolean): string {
  const bindings = [...table.singles.values()].map(({ name, target }) => {
    const set = engine.model.required(target.table).schema.entitySet;
    return `<NavigationPropertyBinding Path="${name}" Target="${set}" />`;
  });
  return (
    `<EntitySet Name="${table.schema.entitySet}" EntityType="Microsoft.Dynamics.CRM.${table.name}">` +
    `${bindings.join('')}${annotated ? SUPPORTED : ''}</EntitySet>`
  );
}

/** The whole model. `annotated`: with descriptions, computed columns and change tracking. */
export function csdl(engine: Engine, annotated: boolean): string {
  const { tables } = engine.model;
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>' +
    '<Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">' +
    '<EntityType Name="crmbaseentity" Abstract="true" />' +
    `${baseTypes()}${tables.map((table) => entityType(engine, table, annotated)).join('')}${operations(engine)}` +
    `<EntityContainer Name="System">${tables.map((table) => entitySet(engine, table, annotated)).join('')}${imports(engine)}` +
    '</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>'
  );
}
