/** Every node type × operation of the pack on the canvas, one workflow per node type, filled as a user would. */
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

function workflowOf(type: INodeTypeDescription, position: number): Template {
  const builder = new TemplateBuilder(`All of ${type.displayName}`, `ed17c0d${position}`);
  // One that is not required is shown all the same, unless a choice of the panel asks for it.
  const credential = type.credentials?.find(
    ({ required, displayOptions }) => required || !displayOptions?.show,
  )?.name;
  rows(type).forEach((abilities, row) =>
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
  return types.map(workflowOf);
}
