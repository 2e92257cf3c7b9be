import type {
  INodeType,
  INodeTypeDescription,
  IPollFunctions,
  IWebhookDescription,
  IWebhookFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { credentialDescriptions } from '../credentials';
import type { StoreTriggerDefinition, TriggerStore, TriggerWebhook } from './definition';
import { receiveDelivery } from './deliveries';
import { hookMethods } from './hooks';
import { pollStore } from './poll';
import { KIND_PARAMETER, triggerProperties } from './properties';
import { titled } from './words';

/**
 * Without a method n8n registers nothing. So a workflow that polls alone has no address, and a test run, which n8n
 * prepares as a workflow that is not published (n8n 2.39, test-webhooks), asks the node to poll instead of waiting for
 * a delivery, and leaves the webhooks in the store alone.
 */
const IS_RECEIVED = '$workflow.active && $parameter["receiveBy"] !== "poll"';

/**
 * Of workflow and node, and not of the `webhookId`: that stays as it is in a file that is exported and imported again
 * (n8n 2.39), and the second workflow could not be published. A copy that is restored under its own id keeps its address.
 */
const addressOf = (path: string): string => `={{ $workflow.id }}/{{ $nodeId }}/${path}`;

function webhookDescription<Store>({ path }: TriggerWebhook<Store>): IWebhookDescription {
  return {
    name: 'default',
    httpMethod: `={{ ${IS_RECEIVED} ? "POST" : "" }}`,
    path: addressOf(path),
    isFullPath: true,
    responseMode: 'onReceived',
    // Empty, so that n8n answers with what the node says.
    responseData: '',
    ndvHideUrl: '={{ $parameter["receiveBy"] === "poll" }}',
    ndvHideMethod: `={{ !(${IS_RECEIVED}) }}`,
  };
}

/** What the panel of the trigger says while a workflow is built, and when it is published. */
function panel(each: string[]): INodeTypeDescription['triggerPanel'] {
  const many = listed(each);
  const building = `<b>While building your workflow</b>, click the 'execute step' button. It fetches the latest ${many}, and changes nothing.`;
  return {
    header: '',
    executionsHelp: {
      inactive: `${building}<br /><br /><b>Once you are happy with it</b>, publish it. Its executions then show up in the <a data-key='executions'>executions list</a>, but not in the editor.`,
      active: `${building}<br /><br /><b>Your workflow also runs by itself</b>, since it is published. Those executions show up in the <a data-key='executions'>executions list</a>, but not in the editor.`,
    },
    activationHint: `Once you have finished building your workflow, publish it to have it receive ${many} by itself.`,
  };
}

/** `orders, products or customers` */
function listed(words: string[]): string {
  const last = words.slice(-1);
  return [words.slice(0, -1).join(', '), ...last].filter((word) => word !== '').join(' or ');
}

/** Under the node: what it follows, where there is a choice, and in which way. */
function subtitle<Store extends TriggerStore>({
  kinds,
  subtitle: followed,
  webhook,
  words: { poll = 'Poll' },
}: StoreTriggerDefinition<Store>): string {
  const ways = { both: `Webhook and ${poll.toLowerCase()}`, poll, webhook: 'Webhook' };
  const way = webhook ? `{{ (${JSON.stringify(ways)})[$parameter["receiveBy"]] }}` : poll;
  if (followed !== undefined) return `=${followed}: ${way}`;
  if (kinds.length === 1) return webhook ? `=${way}` : way;
  const names = Object.fromEntries(kinds.map(({ type: { kind, many } }) => [kind, titled(many)]));
  return `={{ (${JSON.stringify(names)})[$parameter["${KIND_PARAMETER}"]] }}: ${way}`;
}

function describe<Store extends TriggerStore>(
  definition: StoreTriggerDefinition<Store>,
): INodeTypeDescription {
  const { displayName, name, icon, words, credential, kinds, webhook } = definition;
  return {
    displayName,
    name,
    icon,
    group: ['trigger'],
    version: 1,
    subtitle: subtitle(definition),
    description: words.description,
    // Nothing is waited for in a test run.
    eventTriggerDescription: '',
    activationMessage: words.activated,
    defaults: { name: displayName },
    polling: true,
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials:
      typeof credential === 'string'
        ? [{ name: credential, required: true }]
        : credentialDescriptions(credential),
    triggerPanel: panel(kinds.map(({ type }) => type.many)),
    ...(webhook && { webhooks: [webhookDescription(webhook)] }),
    properties: triggerProperties(definition),
  };
}

/**
 * The node type of a store's trigger, made of its definition: it polls with a watermark, receives deliveries where the
 * store sends any, owns its webhooks there, and puts out both in the same shape, as the store has the record now.
 */
export function storeTrigger<Store extends TriggerStore>(
  definition: StoreTriggerDefinition<Store>,
): new () => INodeType {
  const { webhook, loadOptions, listSearch } = definition;
  class PollingTrigger implements INodeType {
    description = describe(definition);

    methods = { loadOptions, ...(listSearch && { listSearch }) };

    async poll(this: IPollFunctions) {
      return await pollStore(this, definition);
    }
  }
  return webhook ? withWebhook(PollingTrigger, definition, webhook) : PollingTrigger;
}

function withWebhook<Store extends TriggerStore>(
  PollingTrigger: new () => INodeType,
  definition: StoreTriggerDefinition<Store>,
  webhook: TriggerWebhook<Store>,
): new () => INodeType {
  return class extends PollingTrigger {
    override webhookMethods = { default: hookMethods(definition, webhook) };

    override async webhook(this: IWebhookFunctions) {
      return await receiveDelivery(this, definition, webhook);
    }
  };
}
