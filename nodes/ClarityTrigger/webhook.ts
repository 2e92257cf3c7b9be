import { CREDENTIAL_NAME } from '../../core/stores/clarity/api';
import {
  deliveryId,
  hintsIn,
  hookRegistry,
  webhookProofs,
} from '../../core/stores/clarity/webhook';
import type { Store } from '../Clarity/connection';
import type { TriggerWebhook } from '../shared/trigger/definition';

/** What a delivery looks like, and how it is signed, the API profile of the store says. */
export const webhook: TriggerWebhook<Store> = {
  path: 'clarity',
  sender: 'Clarity',
  notice:
    'When you publish the workflow, this trigger makes its webhooks in the store by itself, repairs them when n8n starts, and deletes them when the workflow is unpublished. The store must reach this n8n; if it cannot, or has no webhooks, choose <i>Poll Only</i>.',
  proofs: (_options, { client }) => webhookProofs(client.profile),
  hintsIn: (delivery, { client }) => hintsIn(client.profile, delivery),
  deliveryId: (delivery, _options, { client }) => deliveryId(client.profile, delivery),
  noSecret: {
    message: 'This trigger has no webhooks in the store yet',
    fix: `Publish the workflow again: the trigger then makes them, with the credential ${CREDENTIAL_NAME}.`,
  },
  registry: { open: ({ client }) => hookRegistry(client) },
};
