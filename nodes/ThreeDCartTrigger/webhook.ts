import { CREDENTIAL_NAME, OAUTH2_CREDENTIAL_NAME } from '../../core/stores/threedcart/signIn';
import {
  DELIVERIES,
  hookRegistry,
  hookUrl,
  PROOFS,
  STATUS_CHANGED,
} from '../../core/stores/threedcart/webhook';
import { readHints } from '../../core/webhooks/webhook';
import type { TriggerWebhook } from '../shared/trigger/definition';
import type { Store } from '../ThreeDCart/connection';

/** All that a trigger may want to be told of. */
const EVENTS = [
  ...['order', 'product', 'customer'].flatMap((kind) => [`${kind}.created`, `${kind}.changed`]),
  // The last one, because it may be all that there is for changes.
  STATUS_CHANGED,
];

/** 3dcart's API registers webhooks. It signs nothing: the address of each event holds a secret of its own. */
export const webhook: TriggerWebhook<Store> = {
  path: '3dcart',
  sender: '3dcart',
  notice:
    'When you publish the workflow, this trigger makes its webhooks in the store by itself, repairs them when n8n starts, and deletes them when the workflow is unpublished. 3dcart must reach this n8n from the internet; if it cannot, choose <i>Poll Only</i>.',
  proofs: () => [...PROOFS],
  hintsIn: (delivery) => readHints(delivery, DELIVERIES),
  noSecret: {
    message: 'This trigger has no webhooks in the store yet',
    fix: `Publish the workflow again: the trigger then makes them, with the credential ${CREDENTIAL_NAME} or ${OAUTH2_CREDENTIAL_NAME}.`,
  },
  registry: {
    open: ({ client }) => hookRegistry(client, EVENTS),
    urlOf: hookUrl,
  },
};
