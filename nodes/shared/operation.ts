import type {
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
  INodePropertyOptions,
} from 'n8n-workflow';

import { isCancelled } from '../../core/http/wait';
import { errorItem, nodeError, understood } from './items';

/**
 * One thing a node can do. The registry of a node is a list of these, and that list alone makes the
 * drop-downs, the fields and the dispatch: nothing is listed twice.
 */
export interface Operation {
  name: string;
  value: string;
  /** Sentence case, no article, names the resource: "Get a sales order" is "Get sales order". */
  action: string;
  description: string;
  /** Fields of this operation; the registry adds when to show them. */
  properties: INodeProperties[];
  /** All items at once. Returns one list, or one list per output of the node. */
  execute(
    this: IExecuteFunctions,
    items: INodeExecutionData[],
  ): Promise<INodeExecutionData[] | INodeExecutionData[][]>;
}

export interface Resource {
  name: string;
  value: string;
  operations: Operation[];
}

type Shown = Record<string, string[]>;

function showFor(property: INodeProperties, shown: Shown): INodeProperties {
  const own = property.displayOptions ?? {};
  return { ...property, displayOptions: { ...own, show: { ...shown, ...own.show } } };
}

/** A drop-down over what the registry holds; its first entry is the default. */
function selector(
  displayName: string,
  name: string,
  options: INodePropertyOptions[],
): INodeProperties {
  const first = options[0]?.value ?? '';
  return { displayName, name, type: 'options', noDataExpression: true, options, default: first };
}

function operationField(operations: Operation[], shown?: Shown): INodeProperties {
  const options = operations.map(({ name, value, action, description }) => ({
    name,
    value,
    action,
    description,
  }));
  const field = selector('Operation', 'operation', options);
  return shown ? { ...field, displayOptions: { show: shown } } : field;
}

/** The fields of a node that has several resources. */
export function describeResources(resources: Resource[]): INodeProperties[] {
  return [
    selector(
      'Resource',
      'resource',
      resources.map(({ name, value }) => ({ name, value })),
    ),
    ...resources.flatMap((resource) => [
      operationField(resource.operations, { resource: [resource.value] }),
      ...resource.operations.flatMap((operation) =>
        operation.properties.map((property) =>
          showFor(property, { resource: [resource.value], operation: [operation.value] }),
        ),
      ),
    ]),
  ];
}

/** The fields of a node that has operations only. */
export function describeOperations(operations: Operation[]): INodeProperties[] {
  return [
    operationField(operations),
    ...operations.flatMap((operation) =>
      operation.properties.map((property) => showFor(property, { operation: [operation.value] })),
    ),
  ];
}

/** `={{ {"claim":"Claim"}[$parameter["operation"]] }}`: n8n works it out on the canvas, from the parameters alone. */
function lookedUp(names: Record<string, string>, key: string): string {
  return `={{ ${JSON.stringify(names)}[${key}] ?? "" }}`;
}

/** The canvas has room for some 29 letters, so that "Row (Any Table)" is a row there. */
const short = (name: string): string => name.replace(/ \(.*\)$/, '');

/** What stands below the node's name, in the words of the drop-downs: "Create or Update: Sales Order". */
export function resourcesSubtitle(resources: Resource[]): string {
  const names = resources.flatMap((resource) =>
    resource.operations.map(({ name, value }) => [
      `${resource.value} ${value}`,
      `${name}: ${short(resource.name)}`,
    ]),
  );
  const key = '$parameter["resource"] + " " + $parameter["operation"]';
  return lookedUp(Object.fromEntries(names) as Record<string, string>, key);
}

/** The same for a node that has operations only: "List Dead Letters". */
export function operationsSubtitle(operations: Operation[]): string {
  const names = operations.map(({ name, value }) => [value, name]);
  return lookedUp(Object.fromEntries(names) as Record<string, string>, '$parameter["operation"]');
}

/** The operation that the node is set to. */
export function chosenOperation(context: IExecuteFunctions, resources: Resource[]): Operation {
  const resource = context.getNodeParameter('resource', 0) as string;
  const operations = resources.find(({ value }) => value === resource)?.operations ?? [];
  return chosenFrom(context, operations);
}

export function chosenFrom(context: IExecuteFunctions, operations: Operation[]): Operation {
  const name = context.getNodeParameter('operation', 0) as string;
  const operation = operations.find(({ value }) => value === name);
  if (!operation)
    throw new Error(`This node has no operation "${name}". Choose one from the list.`);
  return operation;
}

/**
 * Runs an operation and hands out its lists as the node's outputs.
 *
 * A node that throws is not enough where it is set to continue: n8n then lets its input out by the success output
 * (n8n-core, `handleNodeExecutionError`), and what nobody has written would be marked as done. So a failure of the
 * whole node becomes a failure of each item.
 */
export async function run(
  context: IExecuteFunctions,
  operation: Operation,
): Promise<INodeExecutionData[][]> {
  const items = context.getInputData();
  const result = await settled(context, items, operation);
  const isPerOutput = result.length > 0 && result.every((part) => Array.isArray(part));
  return isPerOutput ? (result as INodeExecutionData[][]) : [result as INodeExecutionData[]];
}

async function settled(
  context: IExecuteFunctions,
  items: INodeExecutionData[],
  operation: Operation,
): ReturnType<Operation['execute']> {
  try {
    return await operation.execute.call(context, items);
  } catch (error) {
    if (isCancelled(error) || !context.continueOnFail()) throw nodeError(context, error);
    return items.map((_, index) => errorItem(understood(error), index));
  }
}
