import type {
  IExecuteFunctions,
  INodeProperties,
  INodePropertyOptions,
  NodePropertyTypes,
} from 'n8n-workflow';

import { dryRunField, isWriting } from './dryRun';
import { sameForAll } from './parameters';
import type { AnySteps } from './steps';

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
  /**
   * Opens the operation for one run: reads what is the same for all items, connects, and says what to do with each.
   *
   * @param places of the items that it is opened for, among those of the node
   */
  start(context: IExecuteFunctions, places: readonly number[]): AnySteps | Promise<AnySteps>;
  /**
   * False: also items whose claim another run has taken over are worked on. For the ledger itself, which answers for
   * each claim on its own, and for what leaves the process nowhere. Left out: their claims are held while it works.
   */
  holdsClaims?: false;
  /** True: writes nothing, so that a record which was only looked at in a test run is not taken for it. */
  onlyReads?: true;
  /** Outputs of the node. Default 1. Items that fail leave by the last one. */
  outputs?: number;
}

export interface Resource {
  name: string;
  /** What it is called below the node's name, where the name is too long for the canvas. */
  short?: string;
  value: string;
  operations: Operation[];
  /**
   * The operation that it starts with; left out: the first. n8n saves no default, so that with another one a saved
   * workflow would do something else.
   */
  startsWith?: string;
}

type Shown = Record<string, string[]>;

/**
 * When another operation is chosen, the editor empties the collections that it shows by `operation`: it takes their
 * options for choices, and finds no choice of theirs; nor does it find several choices among them. By its path from the
 * root it does not look for them.
 */
const EMPTIED = new Set<NodePropertyTypes>(['collection', 'fixedCollection', 'multiOptions']);

function showFor(property: INodeProperties, resource: Shown, operation: string): INodeProperties {
  const own = property.displayOptions ?? {};
  const name = EMPTIED.has(property.type) ? '/operation' : 'operation';
  const show = { ...resource, [name]: [operation], ...own.show };
  return { ...property, displayOptions: { ...own, show } };
}

/** A drop-down over what the registry holds. */
function selector(
  displayName: string,
  name: string,
  options: INodePropertyOptions[],
  start = options[0]?.value ?? '',
): INodeProperties {
  return { displayName, name, type: 'options', noDataExpression: true, options, default: start };
}

/** With which operation a new node starts: whoever runs it before looking at it shall change nothing. */
const firstThatReads = (operations: Operation[]): string | undefined =>
  operations.find(({ onlyReads }) => onlyReads)?.value;

function operationField(operations: Operation[], shown?: Shown, start?: string): INodeProperties {
  const options = operations.map(({ name, value, action, description }) => ({
    name,
    value,
    action,
    description,
  }));
  const field = selector('Operation', 'operation', options, start);
  return shown ? { ...field, displayOptions: { show: shown } } : field;
}

/** The switch of all operations that write, so that none has to name it. */
function dryRunFields(operations: Operation[], shown: Shown = {}): INodeProperties[] {
  const operation = operations.filter(isWriting).map(({ value }) => value);
  if (operation.length === 0) return [];
  return [{ ...dryRunField, displayOptions: { show: { ...shown, operation } } }];
}

/**
 * The fields of a node that has several resources.
 *
 * @param startsReading each resource starts with an operation that only reads, where it has one, in place of the first
 */
export function describeResources(
  resources: Resource[],
  { startsReading = false }: { startsReading?: boolean } = {},
): INodeProperties[] {
  return [
    selector(
      'Resource',
      'resource',
      resources.map(({ name, value }) => ({ name, value })),
    ),
    ...resources.flatMap((resource) => [
      operationField(
        resource.operations,
        { resource: [resource.value] },
        startsReading ? firstThatReads(resource.operations) : resource.startsWith,
      ),
      ...dryRunFields(resource.operations, { resource: [resource.value] }),
      ...resource.operations.flatMap((operation) =>
        operation.properties.map((property) =>
          showFor(property, { resource: [resource.value] }, operation.value),
        ),
      ),
    ]),
  ];
}

/** The fields of a node that has operations only. */
export function describeOperations(operations: Operation[]): INodeProperties[] {
  return [
    operationField(operations),
    ...dryRunFields(operations),
    ...operations.flatMap((operation) =>
      operation.properties.map((property) => showFor(property, {}, operation.value)),
    ),
  ];
}

/** `={{ {"claim":"Claim"}[$parameter["operation"]] }}`: n8n works it out on the canvas, from the parameters alone. */
function lookedUp(names: Record<string, string>, key: string): string {
  return `={{ ${JSON.stringify(names)}[${key}] ?? "" }}`;
}

/** The canvas has room for some 29 letters, so that "Row (Any Table)" is a row there. */
const short = (name: string): string => name.replace(/ \(.*\)$/, '');

/**
 * What stands below the node's name, in the words of the drop-downs: "Create or Update: Order". Whoever looks at the canvas shall
 * see which nodes write nothing; n8n keeps no switch that another operation does not show.
 */
export function resourcesSubtitle(resources: Resource[]): string {
  const names = resources.flatMap((resource) =>
    resource.operations.map(({ name, value }) => [
      `${resource.value} ${value}`,
      `${name}: ${resource.short ?? short(resource.name)}`,
    ]),
  );
  const key = '$parameter["resource"] + " " + $parameter["operation"]';
  const subtitle = lookedUp(Object.fromEntries(names) as Record<string, string>, key);
  return withDryRun(subtitle, '$parameter["dryRun"]');
}

/** @param isDry expression over the parameters of the node */
export const withDryRun = (subtitle: string, isDry: string): string =>
  subtitle.replace(/^=\{\{ (.*) \}\}$/s, `={{ ($1) + (${isDry} ? " (Dry Run)" : "") }}`);

/** The same for a node that has operations only: "List Dead Letters". */
export function operationsSubtitle(operations: Operation[]): string {
  const names = operations.map(({ name, value }) => [value, name]);
  return lookedUp(Object.fromEntries(names) as Record<string, string>, '$parameter["operation"]');
}

/** The operation that the node is set to. */
export function chosenOperation(context: IExecuteFunctions, resources: Resource[]): Operation {
  const resource = sameForAll<string>(context, 'resource');
  const operations = resources.find(({ value }) => value === resource)?.operations ?? [];
  return chosenFrom(context, operations);
}

export function chosenFrom(context: IExecuteFunctions, operations: Operation[]): Operation {
  const name = sameForAll<string>(context, 'operation');
  const operation = operations.find(({ value }) => value === name);
  if (!operation)
    throw new Error(`This node has no operation "${name}". Choose one from the list.`);
  return operation;
}
