/** Runs a trigger's poll, webhook and hooks on n8n-core's own contexts, as a published workflow would. */
import 'reflect-metadata';

import { EventEmitter } from 'node:events';

import { HookContext, PollContext, WebhookContext } from 'n8n-core';
import type {
  ICredentialType,
  IDataObject,
  INode,
  INodeExecutionData,
  INodeType,
  IWebhookData,
  IWebhookDescription,
  IWebhookFunctions,
  IWorkflowExecuteAdditionalData,
  WebhookSetupMethodNames,
  WorkflowActivateMode,
  WorkflowExecuteMode,
} from 'n8n-workflow';
import { NodeHelpers, Workflow } from 'n8n-workflow';

import { SyncLedger } from '../../nodes/SyncLedger/SyncLedger.node';
import { TestCredentials } from './credentials';
import { newestVersion } from './version';

type WebhookRequest = ReturnType<IWebhookFunctions['getRequestObject']>;

export interface Answer {
  /** Status and body that the trigger answered itself; undefined where n8n answers. */
  status?: number;
  body?: unknown;
  webhookResponse?: unknown;
  items: IDataObject[];
}

export interface TriggerOptions {
  trigger: INodeType;
  credentialType: ICredentialType;
  credential: IDataObject;
  parameters?: INode['parameters'];
  /** Name of the node type behind the trigger; default Sync Ledger, undefined for none. */
  followedBy?: string;
  /** Parameters of the node behind the trigger; of another than a Sync Ledger only Dry Run. */
  followedWith?: INode['parameters'];
  /** Default: the newest. */
  typeVersion?: number;
  /** Two of the same id share what the process remembers. */
  id: string;
  /** Where n8n receives deliveries; default `WEBHOOK_BASE_URL`. */
  webhookBaseUrl?: string;
}

export interface RunningTrigger {
  workflow: Workflow;
  poll(
    mode?: WorkflowExecuteMode,
    activation?: WorkflowActivateMode,
  ): Promise<IDataObject[] | null>;
  /** `answered`: what n8n answers where the trigger leaves that to it; `query`: that of the address. */
  deliver(
    body: string,
    headers?: Record<string, string>,
    answered?: number,
    query?: Record<string, string>,
  ): Promise<Answer>;
  hook(name: WebhookSetupMethodNames, activation?: WorkflowActivateMode): Promise<boolean>;
  /** The methods that n8n registers addresses for; `published` is false where it prepares a test run. */
  registered(published: boolean): string[];
  staticData(): IDataObject;
}

/** Where n8n receives the deliveries of published workflows. */
export const WEBHOOK_BASE_URL = 'https://n8n.example/webhook';

const ledger = new SyncLedger();

/** Another node of the package, as far as a trigger looks at it. */
const other: INodeType = {
  description: {
    ...ledger.description,
    properties: [{ displayName: 'Dry Run', name: 'dryRun', type: 'boolean', default: false }],
  },
};

const TO_NEXT = [{ node: 'Next', type: 'main' as const, index: 0 }];

const jsonOf = (data: INodeExecutionData[][] | null | undefined): IDataObject[] =>
  (data?.[0] ?? []).map(({ json }) => json);

export function publish(options: TriggerOptions, staticData: IDataObject = {}): RunningTrigger {
  const { trigger, credentialType, credential, parameters = {}, id } = options;
  const { webhookBaseUrl = WEBHOOK_BASE_URL } = options;
  const followedBy = 'followedBy' in options ? options.followedBy : 'syncLedger';
  const isLedger = followedBy === 'syncLedger';
  const { description } = trigger;
  const type = `n8n-nodes-dynamics-commerce.${description.name}`;
  const plain: INode = {
    id: 'trigger',
    name: 'Trigger',
    type,
    typeVersion: options.typeVersion ?? newestVersion(description),
    position: [0, 0],
    webhookId: 'hook',
    parameters,
    credentials: { [credentialType.name]: { id: '1', name: 'test' } },
  };
  const withDefaults =
    NodeHelpers.getNodeParameters(
      description.properties,
      parameters,
      true,
      false,
      plain,
      description,
    ) ?? {};
  const node: INode = { ...plain, parameters: withDefaults };
  const next: INode = {
    ...plain,
    id: 'next',
    name: 'Next',
    type: `n8n-nodes-dynamics-commerce.${followedBy ?? ''}`,
    typeVersion: newestVersion(ledger.description),
    parameters: options.followedWith ?? {},
  };
  const following = isLedger ? ledger : other;
  const typeNamed = (name: string) => (name === next.type ? following : trigger);
  const workflow = new Workflow({
    id,
    nodes: followedBy === undefined ? [node] : [node, next],
    connections: followedBy === undefined ? {} : { Trigger: { main: [TO_NEXT] } },
    active: true,
    staticData,
    nodeTypes: {
      getByName: typeNamed,
      getByNameAndVersion: typeNamed,
      getKnownTypes: () => ({}),
    },
  });
  const additionalData = {
    credentialsHelper: new TestCredentials(
      new Map([[credentialType.name, credentialType]]),
      { [credentialType.name]: credential },
      'refused',
    ),
    currentNodeExecutionIndex: 0,
    webhookBaseUrl,
    webhookTestBaseUrl: `${webhookBaseUrl}-test`,
    variables: {},
  } as unknown as IWorkflowExecuteAdditionalData;

  async function deliver(
    body: string,
    headers: Record<string, string> = {},
    answered = 200,
    query: Record<string, string> = {},
  ): Promise<Answer> {
    const rawBody = Buffer.from(body);
    const sent: Pick<Answer, 'status' | 'body'> = {};
    const finished = new EventEmitter();
    const response = {
      statusCode: answered,
      once: finished.once.bind(finished),
      status: (status: number) => Object.assign(response, Object.assign(sent, { status }) && {}),
      set: () => response,
      json: (json: unknown) => Object.assign(sent, { body: json }),
    };
    const lowerCase = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const withRequest = {
      ...additionalData,
      httpRequest: { rawBody, headers: lowerCase, query } as unknown as WebhookRequest,
      httpResponse: response,
    } as unknown as IWorkflowExecuteAdditionalData;
    const webhookDescription = description.webhooks?.[0] as IWebhookDescription;
    const webhook = { webhookDescription, isTest: false } as IWebhookData;
    const context = new WebhookContext(workflow, node, withRequest, 'webhook', webhook, [], null);
    const result = await trigger.webhook?.call(context);
    finished.emit('finish');
    const { webhookResponse } = (result ?? {}) as { webhookResponse?: unknown };
    return { ...sent, webhookResponse, items: jsonOf(result?.workflowData) };
  }

  return {
    workflow,
    deliver,
    poll: async (mode = 'trigger', activation = 'activate') => {
      const context = new PollContext(workflow, node, additionalData, mode, activation);
      const result = await trigger.poll?.call(context);
      return result ? jsonOf(result) : null;
    },
    hook: async (name, activation = 'activate') => {
      const context = new HookContext(workflow, node, additionalData, 'internal', activation, {
        webhookDescription: description.webhooks?.[0],
        isTest: activation === 'manual',
      } as IWebhookData);
      return (await trigger.webhookMethods?.default?.[name]?.call(context)) ?? false;
    },
    registered: (published) => {
      workflow.active = published;
      const methods = (description.webhooks ?? []).map(({ httpMethod }) =>
        workflow.expression.getSimpleParameterValue(node, httpMethod, 'internal', {}),
      );
      workflow.active = true;
      return methods.map(String).filter((method) => method !== '');
    },
    staticData: () => JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject,
  };
}
