import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { headerOf, readHints } from '../../core/webhooks/webhook';
import {
  DELIVERIES,
  WEBHOOK_HEADERS,
  type WebhookHeaderNames,
  webhookProofs,
} from '../../core/stores/xcart/webhook';
import type { TriggerWebhook } from '../shared/trigger/definition';
import type { Store } from '../XCart/connection';

const options: INodeProperties[] = [
  {
    displayName: 'Delivery ID Header',
    name: 'deliveryHeader',
    type: 'string',
    default: '',
    placeholder: 'e.g. X-Webhook-Delivery',
    description:
      'Header of the store add-on that stays the same when a delivery is sent again. A delivery that was handed over is not handed over twice. Empty: X-Webhook-Delivery.',
  },
  {
    displayName: 'Secret Header',
    name: 'plainHeader',
    type: 'string',
    default: '',
    placeholder: 'e.g. X-Webhook-Secret',
    description:
      'Header of the store add-on that carries the webhook secret. Empty: X-Webhook-Secret.',
  },
  {
    displayName: 'Signature Header',
    name: 'signatureHeader',
    type: 'string',
    default: '',
    placeholder: 'e.g. X-Webhook-Signature',
    description:
      'Header of the store add-on that carries the HMAC-SHA256 of the body as sha256=…. One of both headers is enough; where both are sent, both must be right. Empty: X-Webhook-Signature.',
  },
];

function headerNames(chosen: IDataObject): WebhookHeaderNames {
  const name = (option: string): string => String(chosen[option] ?? '').trim();
  return {
    secret: name('plainHeader') || WEBHOOK_HEADERS.secret,
    signature: name('signatureHeader') || WEBHOOK_HEADERS.signature,
    delivery: name('deliveryHeader') || WEBHOOK_HEADERS.delivery,
  };
}

/** X-Cart has no API to register a webhook: its URL and secret are entered in the store add-on by hand. */
export const webhook: TriggerWebhook<Store> = {
  path: 'xcart',
  sender: 'the store add-on',
  notice:
    'X-Cart itself sends no webhooks. Install an add-on in the store that does, and enter there the production URL above (not the test URL) and the Webhook Secret of the credential. Without an add-on choose <i>Poll Only</i>: it finds all of them.',
  options,
  proofs: (chosen) => webhookProofs(headerNames(chosen)),
  hintsIn: (delivery) => readHints(delivery, DELIVERIES),
  deliveryId: ({ headers }, chosen) => headerOf(headers, headerNames(chosen).delivery),
  noSecret: {
    message: 'The credential of X-Cart has no Webhook Secret',
    fix: 'Set Webhook Secret in the credential, and the same text in the store add-on that sends the webhooks.',
  },
};
