/**
 * Runs a workflow on n8n-core's own engine, without a server: real expression engine, real item linking, real
 * error outputs, real HTTP. What a node does here it does in n8n.
 */
import 'reflect-metadata';

import { ExecutionLifecycleHooks, LoadOptionsContext, WorkflowExecute } from 'n8n-core';
import type {
  IBinaryKeyData,
  IConnections,
  ICredentialsHelper,
  ICredentialType,
  IDataObject,
  ILoadOptionsFunctions,
  INode,
  INodeExecutionData,
  INodeType,
  INodeTypes,
  IRun,
  IVersionedNodeType,
  IWorkflowExecuteAdditionalData,
  IWorkflowSettings,
  WorkflowExecuteMode,
} from 'n8n-workflow';
import { createRunExecutionData, NodeHelpers, Workflow } from 'n8n-workflow';

import { TestCredentials } from './support/credentials';
import { matchWithoutLimit } from './support/regexEngine';
import { newestVersion } from './support/version';

matchWithoutLimit();

export interface TestWorkflow {
  name?: string;
  nodes: Array<Partial<INode> & Pick<INode, 'name' | 'type'>>;
  connections: IConnections;
  settings?: IWorkflowSettings;
}

export interface RunWorkflow {
  workflow: TestWorkflow;
  /** Full type name, such as `n8n-nodes-dynamics-commerce.dynamics365`, to an instance of its class. */
  nodeTypes: Record<string, INodeType | IVersionedNodeType>;
  credentialTypes?: ICredentialType[];
  /** Credential type name to its decrypted data. Every node that asks for the type gets this one. */
  credentials?: Record<string, IDataObject>;
  /** JSON of the items that the first node puts out. */
  input: object[];
  /** Files that each of these items carries. */
  binary?: IBinaryKeyData;
  /** Left out: as a published workflow runs. `manual`: as a person runs it in the editor. */
  mode?: WorkflowExecuteMode;
  /** With the mode `integrated`: how the first of the workflows was run that call this one. */
  calledFrom?: WorkflowExecuteMode;
  /** Goes on after a long Wait, when n8n knows no more than how the workflow was run that has called this one. */
  waitedSince?: WorkflowExecuteMode;
  /** Left out: one of its own. */
  executionId?: string;
  /** Ends the run as a person does who stops it. */
  stop?: AbortSignal;
}

export interface WorkflowRun {
  status: IRun['status'];
  error?: Error;
  run: IRun;
  /** Items of one output of one node's last run; empty if it did not run. */
  items(node: string, output?: number): INodeExecutionData[];
  json(node: string, output?: number): IDataObject[];
}

/** The trigger that every test workflow may start with; it puts out `input`. */
export const START_TYPE = 'n8n-nodes-base.manualTrigger';

class Start implements INodeType {
  description: INodeType['description'] = {
    displayName: 'Start',
    name: 'manualTrigger',
    group: ['trigger'],
    version: 1,
    description: 'Puts out what the test gives',
    defaults: { name: 'Start' },
    inputs: [],
    outputs: ['main'],
    properties: [],
  };

  execute: INodeType['execute'] = async function () {
    return [this.getInputData()];
  };
}

function nodeTypesOf(types: RunWorkflow['nodeTypes']): INodeTypes {
  const all: Record<string, INodeType | IVersionedNodeType> = {
    [START_TYPE]: new Start(),
    ...types,
  };
  const find = (name: string): INodeType | IVersionedNodeType => {
    const type = all[name];
    if (!type) throw new Error(`The test gives no node type "${name}"`);
    return type;
  };
  return {
    getByName: find,
    getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(find(name), version),
    getKnownTypes: () => ({}),
  };
}

function additionalDataOf(
  credentialsHelper: ICredentialsHelper,
  hooks?: ExecutionLifecycleHooks,
  executionId = '1',
): IWorkflowExecuteAdditionalData {
  const nothing = (): undefined => undefined;
  return {
    executionId,
    hooks,
    credentialsHelper,
    currentNodeExecutionIndex: 0,
    restApiUrl: 'http://localhost/rest',
    instanceBaseUrl: 'http://localhost',
    webhookBaseUrl: 'http://localhost/webhook',
    webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
    webhookTestBaseUrl: 'http://localhost/webhook-test',
    formWaitingBaseUrl: 'http://localhost/form-waiting',
    userId: 'user',
    variables: {},
    setExecutionStatus: nothing,
    sendDataToUI: nothing,
    executeWorkflow: nothing,
    startRunnerTask: nothing,
    logAiEvent: nothing,
  } as unknown as IWorkflowExecuteAdditionalData;
}

/** Node parameters with the defaults that the editor would have saved. */
function withDefaults(node: INode, types: INodeTypes): INode {
  const { description } = types.getByNameAndVersion(node.type, node.typeVersion);
  const parameters = NodeHelpers.getNodeParameters(
    description.properties,
    node.parameters,
    true,
    false,
    node,
    description,
  );
  return { ...node, parameters: parameters ?? node.parameters };
}

function completeNodes({ workflow, credentials }: RunWorkflow, types: INodeTypes): INode[] {
  return workflow.nodes.map((given, index) => {
    const node: INode = {
      id: String(index + 1),
      typeVersion: newestVersion(types.getByNameAndVersion(given.type).description),
      position: [index * 200, 0],
      parameters: {},
      ...given,
    };
    const wanted =
      types.getByNameAndVersion(node.type, node.typeVersion).description.credentials ?? [];
    node.credentials ??= Object.fromEntries(
      wanted
        .filter(({ name }) => credentials?.[name])
        .map(({ name }) => [name, { id: name, name }]),
    );
    return withDefaults(node, types);
  });
}

export interface EditorQuestion extends Pick<RunNode, 'nodeType' | 'parameters'> {
  credentialTypes?: ICredentialType[];
  credentials?: Record<string, IDataObject>;
}

/** What a node's `loadOptions`, `listSearch` and `resourceMapping` methods get as `this` in the editor. */
export function editorContext(question: EditorQuestion): ILoadOptionsFunctions {
  const { nodeType, parameters, credentialTypes = [], credentials = {} } = question;
  const type = `n8n-nodes-dynamics-commerce.${nodeType.description.name}`;
  const nodeTypes = nodeTypesOf({ [type]: nodeType });
  const workflow = { nodes: [{ name: 'Node', type, parameters }], connections: {} };
  const nodes = completeNodes({ workflow, nodeTypes: {}, credentials, input: [] }, nodeTypes);
  const [node] = nodes;
  if (!node) throw new Error('There is no node to ask for');
  const helper = new TestCredentials(
    new Map(credentialTypes.map((one) => [one.name, one])),
    credentials,
  );
  return new LoadOptionsContext(
    new Workflow({ id: 'test', nodes, connections: {}, active: false, nodeTypes }),
    node,
    { ...additionalDataOf(helper), currentNodeParameters: node.parameters },
    '',
  );
}

let executions = 0;

function nextExecutionId(): string {
  executions += 1;
  return String(executions);
}

/** Runs the workflow from its first node, which puts out `input`, to the end. */
export async function runWorkflow(options: RunWorkflow): Promise<WorkflowRun> {
  const nodeTypes = nodeTypesOf(options.nodeTypes);
  const nodes = completeNodes(options, nodeTypes);
  const [first] = nodes;
  if (!first) throw new Error('The workflow has no nodes');
  const workflow = new Workflow({
    id: 'test',
    name: options.workflow.name,
    nodes,
    connections: options.workflow.connections,
    active: false,
    nodeTypes,
    settings: { executionOrder: 'v1', ...options.workflow.settings },
  });
  const credentialTypes = new Map(options.credentialTypes?.map((type) => [type.name, type]));
  const helper = new TestCredentials(credentialTypes, { ...options.credentials });
  const { mode = 'trigger', executionId = nextExecutionId() } = options;
  const hooks = new ExecutionLifecycleHooks(mode, executionId, {
    id: 'test',
    name: 'test',
    nodes,
    connections: options.workflow.connections,
    active: false,
    activeVersionId: null,
    isArchived: false,
    createdAt: new Date(0),
    updatedAt: new Date(0),
  });
  const items = options.input.map((json) => ({
    json: json as IDataObject,
    ...(options.binary && { binary: options.binary }),
  }));
  const { waitedSince: source } = options;
  const execution = createRunExecutionData({
    parentExecution: source && {
      executionId: 'caller',
      workflowId: 'caller',
      executionContext: { version: 1, establishedAt: 0, source },
    },
    executionData: {
      nodeExecutionStack: [{ node: first, data: { main: [items] }, source: null }],
    },
  });
  const data = {
    ...additionalDataOf(helper, hooks, executionId),
    rootExecutionMode: options.calledFrom,
  };
  const engine = new WorkflowExecute(data, mode, execution);
  const running = engine.processRunExecutionData(workflow);
  options.stop?.addEventListener('abort', () => running.cancel());
  return toWorkflowRun(await running);
}

function toWorkflowRun(run: IRun): WorkflowRun {
  const items = (node: string, output = 0): INodeExecutionData[] =>
    run.data.resultData.runData[node]?.at(-1)?.data?.main?.[output] ?? [];
  return {
    status: run.status,
    error: run.data.resultData.error,
    run,
    items,
    json: (node, output) => items(node, output).map(({ json }) => json),
  };
}

export interface RunNode extends Omit<RunWorkflow, 'workflow' | 'nodeTypes'> {
  nodeType: INodeType;
  parameters: INode['parameters'];
  onError?: INode['onError'];
  executeOnce?: boolean;
  /** Left out: the newest. */
  typeVersion?: number;
}

export interface NodeRun extends WorkflowRun {
  /** JSON of the node's outputs; with `continueErrorOutput` the last one holds the failed items. */
  output(index?: number): IDataObject[];
}

/** Runs one node between a start and nothing. */
export async function runNode(options: RunNode): Promise<NodeRun> {
  const { nodeType, parameters, onError, executeOnce, ...rest } = options;
  const { typeVersion = newestVersion(nodeType.description) } = options;
  const type = `n8n-nodes-dynamics-commerce.${nodeType.description.name}`;
  const result = await runWorkflow({
    ...rest,
    nodeTypes: { [type]: nodeType },
    workflow: {
      nodes: [
        { name: 'Start', type: START_TYPE },
        { name: 'Node', type, typeVersion, parameters, onError, executeOnce },
      ],
      connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
    },
  });
  return { ...result, output: (index = 0) => result.json('Node', index) };
}
