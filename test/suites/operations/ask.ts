/** Asks a node for an operation: parameters that differ between the items become expressions over them. */
import { isEmpty, isEqual, isPlainObject, omit, pick, union } from 'lodash';
import type {
  IBinaryKeyData,
  ICredentialType,
  IDataObject,
  INode,
  INodeProperties,
  INodeType,
} from 'n8n-workflow';

import { type NodeRun, runNode } from '../../engine';
import type { Asked } from './row';

export interface StoreNode {
  nodeType: INodeType;
  credentialTypes: ICredentialType[];
  credentials: Record<string, IDataObject>;
}

interface Chosen {
  resource: string;
  operation: string;
}

/** The fields that the panel shows for an operation, whatever else they depend on. */
export function panelOf(
  { nodeType }: StoreNode,
  { resource, operation }: Chosen,
): INodeProperties[] {
  return nodeType.description.properties.filter(({ displayOptions: { show = {} } = {} }) => {
    const shown = show['operation'] ?? show['/operation'];
    return show['resource']?.includes(resource) && shown?.includes(operation);
  });
}

const valueAt = (value: unknown, key: string): unknown =>
  (value as Record<string, unknown> | undefined)?.[key];

function expressionOf(values: unknown[], path: string[]): unknown {
  const [first] = values;
  if (values.every((value) => isEqual(value, first))) return first;
  const given = values.filter((value) => value !== undefined);
  if (given.every((value) => isPlainObject(value))) {
    const keys = union(...given.map((value) => Object.keys(value as object)));
    return Object.fromEntries(
      keys.map((key) => [
        key,
        expressionOf(
          values.map((value) => valueAt(value, key)),
          [...path, key],
        ),
      ]),
    );
  }
  const [length] = given.map((value) => (Array.isArray(value) ? value.length : undefined));
  if (
    length !== undefined &&
    values.every((value) => Array.isArray(value) && value.length === length)
  ) {
    return Array.from({ length }, (_, index) =>
      expressionOf(
        values.map((value) => (value as unknown[])[index]),
        [...path, String(index)],
      ),
    );
  }
  return `={{ $json.parameters${path.map((key) => `[${JSON.stringify(key)}]`).join('')} }}`;
}

/** The entries of *Additional Fields*. */
export const additionalIn = (panel: INodeProperties[]): INodeProperties[] =>
  (panel.find(({ name }) => name === 'additionalFields')?.options ?? []) as INodeProperties[];

/**
 * Fields of a record stand in the panel where they are required, else in *Additional Fields*; what the panel does not know is
 * JSON there.
 */
function parametersOf(panel: INodeProperties[], { parameters = {}, fields }: Asked): IDataObject {
  if (!fields) return parameters;
  const own = panel.map(({ name }) => name);
  const additional = additionalIn(panel).map(({ name }) => name);
  const other = omit(fields, [...own, ...additional]);
  const additionalFields = {
    ...(isEmpty(other) ? {} : { otherFields: JSON.stringify(other) }),
    ...omit(pick(fields, additional), own),
  };
  return { fieldsFrom: 'define', ...pick(fields, own), additionalFields, ...parameters };
}

/** Runs an operation by items, in a workflow behind a start. */
export async function askNode(
  node: StoreNode,
  chosen: Chosen,
  asked: Asked[],
  onError?: INode['onError'],
  binary?: IBinaryKeyData,
): Promise<NodeRun> {
  const panel = panelOf(node, chosen);
  const parameters = asked.map((one) => parametersOf(panel, one));
  const run = await runNode({
    ...node,
    parameters: {
      ...chosen,
      ...(expressionOf(parameters, []) as IDataObject),
    } as INode['parameters'],
    onError,
    ...(binary && { binary }),
    input: asked.map(({ json }, index) => ({ ...json, parameters: parameters[index] })),
  });
  if (run.error) throw run.error;
  return run;
}

/** As a person chooses a record by its id. */
export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
export const by = (mode: string, value: unknown) => ({ __rl: true, mode, value: String(value) });
