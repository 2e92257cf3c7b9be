import { DataverseError, errors } from '../errors';
import { noContent, type WebResponse } from '../../odata/http/message';
import type { JsonObject } from '../options';
import { bodyOf, type Call } from '../operations/call';
import { table as completed, text } from '../schema/columns';
import type { Table } from '../schema/model';
import type { ColumnSchema, TableSchema } from '../schema/types';
import { isCustomName, readColumn, requiredLevel } from './columns';
import { COMPONENTS, customize, publishable, untilPublished } from './customizing';
import { FIRST_TYPE_CODE } from './type-codes';
import { asLabelled, labelsOf, metadataId, readLabels, replacedLabels } from './labels';

/** Custom tables. Source: Dataverse docs, create-update-entity-definitions-using-web-api. */

const OWNERSHIPS = ['UserOwned', 'OrganizationOwned'] as const;

export function addTable(call: Call): WebResponse {
  return customize(call, 'prvCreateEntity', () => {
    const { engine, session } = call;
    const schema = readTable(call, bodyOf(call));
    const table = engine.model.addTable(schema);
    const id = metadataId(schema.name);
    return {
      response: noContent({ 'OData-EntityId': `${session.base}EntityDefinitions(${id})` }),
      piece: table,
      component: { id, type: COMPONENTS.table },
    };
  });
}

function readTable({ engine }: Call, body: JsonObject): TableSchema {
  const { SchemaName: schemaName, OwnershipType: ownership = 'UserOwned' } = body;
  if (!isCustomName(schemaName)) {
    throw errors.invalidArgument(
      "A table needs a 'SchemaName' with a prefix, such as 'new_BankAccount'.",
    );
  }
  const name = schemaName.toLowerCase();
  if (engine.model.table(name)) {
    throw new DataverseError(
      400,
      '0x80044363',
      `An object with the specified name ${name} already exists; the schema name ${schemaName} is not unique.`,
    );
  }
  const { label, labels } = requiredLabel(body, 'DisplayName');
  const plurals = requiredLabel(body, 'DisplayCollectionName');
  const owned = OWNERSHIPS.find((one) => one === ownership);
  if (!owned) throw errors.invalidArgument(`'OwnershipType' cannot be '${String(ownership)}'.`);
  const columns = readColumns(body);
  const primary = columns.find(({ isPrimary }) => isPrimary)?.column;
  if (!primary) {
    throw errors.invalidArgument(
      "A table needs one column of text in 'Attributes' with 'IsPrimaryName' true.",
    );
  }
  return completed({
    name,
    schemaName,
    label,
    labels,
    pluralLabel: plurals.label,
    pluralLabels: plurals.labels,
    description: readLabels(body.Description),
    entitySet: plural(name),
    objectTypeCode: FIRST_TYPE_CODE + engine.model.tables.length,
    ownership: owned,
    primaryName: primary.name,
    changeTracking: body.ChangeTrackingEnabled === true,
    custom: true,
    columns: columns.map(({ column }) => column),
  });
}

function requiredLabel(body: JsonObject, property: string): ReturnType<typeof asLabelled> {
  const labels = readLabels(body[property]);
  if (Object.keys(labels).length > 0) return asLabelled(labels);
  throw errors.invalidArgument(`A table needs a '${property}' with a label.`);
}

function readColumns({ Attributes: attributes }: JsonObject): Array<{
  isPrimary: boolean;
  column: ColumnSchema;
}> {
  const list = Array.isArray(attributes) ? (attributes as JsonObject[]) : [];
  return list.map((body) => {
    const column = readColumn(undefined, body);
    const isPrimary = body.IsPrimaryName === true && column.type === 'string';
    if (!isPrimary) return { isPrimary, column };
    const { name, maxLength = 100, schemaName, label, labels, description } = column;
    const required = requiredLevel(body);
    return {
      isPrimary,
      column: text(name, maxLength, {
        schemaName,
        label,
        labels,
        description,
        required,
        custom: true,
      }),
    };
  });
}

/** Entity sets are named by the English plural of the logical name. */
function plural(name: string): string {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}

/**
 * Replaces the definition with the one in the body: what it leaves out is lost, as documented. It takes effect when it
 * is published.
 */
export function updateTable(call: Call, table: Table): WebResponse {
  return customize(call, 'prvWriteEntity', () => {
    const body = bodyOf(call);
    if (body.LogicalName !== undefined && body.LogicalName !== table.name) {
      throw errors.invalidArgument(`'LogicalName' must be '${table.name}'.`);
    }
    const { schema } = table;
    const { changeTracking = true } = schema;
    const tracked = body.ChangeTrackingEnabled === true;
    if (changeTracking && !tracked) {
      throw errors.invalidArgument('Change tracking cannot be switched off again.');
    }
    const searched = body.SyncToExternalSearchIndex === true;
    // Source: Dataverse docs, search/overview, "Enable Tables".
    if (searched && !tracked) {
      throw errors.invalidArgument('A table whose changes are not tracked cannot be searched.');
    }
    const single = replacedLabels(call, labelsOf(schema), body.DisplayName);
    const before = { label: schema.pluralLabel, labels: schema.pluralLabels };
    const several = replacedLabels(call, labelsOf(before), body.DisplayCollectionName);
    const { label, labels } = asLabelled(single);
    const { label: pluralLabel, labels: pluralLabels } = asLabelled(several);
    const description = replacedLabels(call, schema.description ?? {}, body.Description);
    const changed = { label, labels, pluralLabel, pluralLabels, description };
    untilPublished(call.engine, publishable('entity', table.name), 'definition', () => {
      table.schema = { ...table.schema, ...changed, changeTracking: tracked, searched };
    });
    return {
      response: noContent(),
      component: { id: metadataId(table.name), type: COMPONENTS.table },
    };
  });
}

export function removeTable(call: Call, table: Table): WebResponse {
  return customize(call, 'prvDeleteEntity', () => {
    if (!table.schema.custom) {
      throw errors.invalidArgument(`'${table.name}' is no custom table and cannot be deleted.`);
    }
    call.engine.model.removeTable(table);
    call.engine.database.drop(table.name);
    return { response: noContent() };
  });
}
