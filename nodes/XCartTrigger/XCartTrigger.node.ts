import type {
  INodeType,
  INodeTypeDescription,
  IPollFunctions,
  IWebhookFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { getPaymentStatuses, getShippingStatuses } from '../XCart/methods/statuses';
import { XCART_CREDENTIAL } from '../XCart/connection';
import { pollOrders } from './poll';
import { properties } from './properties';
import { receiveDelivery, webhookMethods } from './webhook';

const BUILDING =
  "<b>While building your workflow</b>, click the 'execute step' button. With <i>Poll Only</i> it fetches the latest orders; otherwise it waits for a delivery of the store add-on to the test URL.";

export class XCartTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'X-Cart Trigger',
    name: 'xCartTrigger',
    icon: { light: 'file:xcart.svg', dark: 'file:xcart.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle:
      '={{ { both: "Webhook and poll", poll: "Poll", webhook: "Webhook" }[$parameter["receiveBy"]] }}',
    description: 'Starts the workflow when an order is placed or changed in an X-Cart store',
    eventTriggerDescription: 'Waiting for a delivery of the store add-on',
    activationMessage:
      'Orders will be received. If your store has a webhook add-on, enter the production URL of this trigger and the webhook secret there.',
    defaults: { name: 'X-Cart Trigger' },
    polling: true,
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: XCART_CREDENTIAL, required: true }],
    triggerPanel: {
      header: '',
      executionsHelp: {
        inactive: `${BUILDING}<br /><br /><b>Once you are happy with it</b>, publish it. Its executions then show up in the <a data-key='executions'>executions list</a>, but not in the editor.`,
        active: `${BUILDING}<br /><br /><b>Your workflow also runs by itself</b>, since it is published. Those executions show up in the <a data-key='executions'>executions list</a>, but not in the editor.`,
      },
      activationHint:
        'Once you have finished building your workflow, publish it to have it receive orders by itself.',
    },
    webhooks: [
      {
        name: 'default',
        // Without a method n8n registers nothing: a test run then polls instead of waiting for a delivery.
        httpMethod: '={{ $parameter["receiveBy"] === "poll" ? "" : "POST" }}',
        path: 'xcart',
        responseMode: 'onReceived',
        // Empty, so that n8n answers with what the node says.
        responseData: '',
        ndvHideUrl: '={{ $parameter["receiveBy"] === "poll" }}',
        ndvHideMethod: '={{ $parameter["receiveBy"] === "poll" }}',
      },
    ],
    properties,
  };

  methods = { loadOptions: { getPaymentStatuses, getShippingStatuses } };

  webhookMethods = webhookMethods;

  async poll(this: IPollFunctions) {
    return await pollOrders.call(this);
  }

  async webhook(this: IWebhookFunctions) {
    return await receiveDelivery.call(this);
  }
}
