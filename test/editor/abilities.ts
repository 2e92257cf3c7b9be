import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

/** One thing that a node type can be set to do. */
export interface Ability {
  /** As a person reads it: "Sales Order: Get Many", "Claim". */
  title: string;
  parameters: { resource?: string; operation?: string };
}

/** n8n adds this one to every node with a credential: it only points to the HTTP Request node. */
const OF_N8N = '__CUSTOM_API_CALL__';

function choices(property: INodeProperties | undefined): INodePropertyOptions[] {
  const options = (property?.options ?? []) as INodePropertyOptions[];
  return options.filter(({ value }) => value !== OF_N8N);
}

function operations(properties: INodeProperties[], resource?: string): INodePropertyOptions[] {
  return choices(
    properties.find(
      ({ name, displayOptions }) =>
        name === 'operation' &&
        (resource === undefined || displayOptions?.show?.resource?.includes(resource)),
    ),
  );
}

/** Resource × operation, read from the fields of the node type: one list per resource. */
export function abilitiesOf({ displayName, properties }: INodeTypeDescription): Ability[][] {
  const resources = choices(properties.find(({ name }) => name === 'resource'));
  if (resources.length > 0) {
    return resources.map(({ name, value }) =>
      operations(properties, String(value)).map((operation) => ({
        title: `${name}: ${operation.name}`,
        parameters: { resource: String(value), operation: String(operation.value) },
      })),
    );
  }
  const plain = operations(properties).map(({ name, value }) => ({
    title: name,
    parameters: { operation: String(value) },
  }));
  return [plain.length > 0 ? plain : [{ title: displayName, parameters: {} }]];
}
