/** Every node type × operation of the pack on the canvas, filled as a user would: a workflow for each node type, and more for a large one. */
import { type INodeParameters, type INodeTypeDescription, NodeHelpers } from 'n8n-workflow';

import { type Template, TemplateBuilder } from '../../workflows/builder';
import { newestVersion } from '../support/version';
import { type Ability, abilitiesOf } from './abilities';

/** What no placeholder gives an example of: lists that come from the environment or the store. */
const EXAMPLES: Readonly<Record<string, string | number>> = {
  keyColumns: 'accountnumber',
  paymentStatus: 'P',
  shippingStatus: 'S',
  table: 'account',
  // Every table has it.
  relationship: 'createdby',
  fileColumn: 'entityimage',
  store: 'xcart:main',
  sku: 'TEE-RED-M',
  SKU: 'TEE-RED-M',
  name: 'T-shirt, red',
  Name: 'T-shirt, red',
  CategoryName: 'T-shirts',
  // "Order New" as the sandbox numbers it; each store has numbers of its own.
  EventType: 14,
  status: '4',
  'clarity.status': 'Shipped',
  firstname: 'Ada',
  lastname: 'Example',
};

type Property = INodeTypeDescription['properties'][number];

function example(
  node: string,
  { name, displayName, placeholder, modes }: Property,
): string | number {
  const shown = placeholder ?? modes?.find((mode) => mode.placeholder)?.placeholder;
  const found = EXAMPLES[`${node}.${name}`] ?? EXAMPLES[name] ?? shown?.replace(/^e\.g\. /, '');
  if (found !== undefined) return found;
  throw new Error(`Give an example of "${displayName}" (${name}) in test/editor/all-nodes.ts.`);
}

function filled(node: string, property: Property): INodeParameters[string] {
  if (property.type !== 'resourceLocator') return example(node, property);
  const mode = property.modes?.find(({ type }) => type === 'string')?.name ?? 'id';
  return { __rl: true, mode, value: example(node, property) };
}

function isEmpty(value: unknown): boolean {
  const inner =
    typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
  return inner === '' || inner === undefined || inner === null;
}

/** The parameters that are shown and required, each with an example where its default is empty. */
function parametersFor(type: INodeTypeDescription, { parameters }: Ability): INodeParameters {
  const version = { typeVersion: newestVersion(type) };
  const given: INodeParameters = { ...parameters };
  // Once: with hundreds of fields it takes milliseconds.
  const complete =
    NodeHelpers.getNodeParameters(type.properties, given, true, false, version, type) ?? {};
  const missing = type.properties.filter(
    (property) =>
      property.required &&
      NodeHelpers.displayParameter(complete, property, version, type) &&
      isEmpty(complete[property.name]),
  );
  const node = type.name.slice(type.name.lastIndexOf('.') + 1);
  for (const property of missing) given[property.name] = filled(node, property);
  return given;
}

const COLUMNS = 9;

/** One row per resource; long rows are broken. */
function rows(type: INodeTypeDescription): Ability[][] {
  return abilitiesOf(type).flatMap((row) =>
    Array.from({ length: Math.ceil(row.length / COLUMNS) }, (_, part) =>
      row.slice(part * COLUMNS, (part + 1) * COLUMNS),
    ),
  );
}

/** With every node on the canvas the editor takes longer for each panel. */
const MOST_ROWS = 6;

interface Part {
  type: INodeTypeDescription;
  title: string;
  rows: Ability[][];
}

function partsOf(type: INodeTypeDescription): Part[] {
  const all = rows(type);
  return Array.from({ length: Math.ceil(all.length / MOST_ROWS) }, (_, part) => ({
    type,
    title: `All of ${type.displayName}${part === 0 ? '' : ` (${part + 1})`}`,
    rows: all.slice(part * MOST_ROWS, (part + 1) * MOST_ROWS),
  }));
}

function workflowOf({ type, title, rows }: Part, position: number): Template {
  const builder = new TemplateBuilder(title, `ed17c1${String(position).padStart(2, '0')}`);
  // One that is not required is shown all the same, unless a choice of the panel asks for it.
  const credential = type.credentials?.find(
    ({ required, displayOptions }) => required || !displayOptions?.show,
  )?.name;
  rows.forEach((abilities, row) =>
    abilities.forEach((ability, column) =>
      builder.node(ability.title, type.name, [column, row], {
        typeVersion: newestVersion(type),
        parameters: parametersFor(type, ability),
        ...(credential && { credential }),
        ...(type.webhooks && { webhookId: `editor-check-${position}` }),
      }),
    ),
  );
  return builder.build();
}

/** @param types the node types as a running n8n describes them, under their full names */
export function allNodes(types: INodeTypeDescription[]): Template[] {
  return types.flatMap(partsOf).map(workflowOf);
}
