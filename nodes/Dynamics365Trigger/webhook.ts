import { rowOfImage, watchedOf } from '../../core/dynamics/dataverse/tracking/rows';
import {
  type DataverseEvent,
  deliveryIdOf,
  proofsOf,
  readEvent,
  type StepWish,
  webhookRegistry,
} from '../../core/dynamics/dataverse/webhooks';
import type { Hint } from '../../core/webhooks/webhook';
import type { TriggerWebhook } from '../shared/trigger/definition';
import { connect } from '../Dynamics365/connection';
import { addressOf, type Environment } from './environment';

/** Messages of Dataverse that the trigger is told of, by what they do to a row. */
const MESSAGES = { created: 'Create', changed: 'Update', deleted: 'Delete' } as const;

/** Any other message of a table has changed its row. */
const eventOf = (message: string): keyof typeof MESSAGES =>
  message === MESSAGES.created ? 'created' : message === MESSAGES.deleted ? 'deleted' : 'changed';

/** One step for each event. An update comes with what is watched as it was before. */
function stepsOf({ table: { logicalName: table }, followed }: Environment): StepWish[] {
  const { columns, watchedColumns } = followed;
  const step = (event: keyof typeof MESSAGES, more: Partial<StepWish> = {}): StepWish => ({
    event: `${table}.${event}`,
    table,
    message: MESSAGES[event],
    ...more,
  });
  return [
    step('created', { after: columns }),
    step('changed', {
      after: columns,
      before: watchedColumns ?? columns,
      ...(watchedColumns && { columns: watchedColumns }),
    }),
    step('deleted'),
  ];
}

function hintOf({ table, followed }: Environment, event: DataverseEvent): Hint {
  const { id, after, before, isCut } = event;
  const told = isCut ? undefined : after;
  return {
    event: `${event.table}.${eventOf(event.message)}`,
    id,
    ...(told && { record: rowOfImage(followed, table, id, told) }),
    ...(told && before && { before: watchedOf(followed, rowOfImage(followed, table, id, before)) }),
  };
}

/** Dataverse sends the execution context of each event to a service endpoint, with the secret that it was given. */
export const webhook: TriggerWebhook<Environment> = {
  path: 'dynamics365',
  sender: 'the environment',
  notice:
    'Dynamics 365 must reach this n8n over https, with a certificate that it trusts: its public address is set by WEBHOOK_URL. An n8n that it cannot reach receives by Change Tracking alone.',
  proofs: () => proofsOf('header'),
  hintsIn: (delivery, environment) => [hintOf(environment, readEvent(delivery, environment.shape))],
  deliveryId: (delivery, _options, { shape }) => deliveryIdOf(readEvent(delivery, shape)),
  // Dataverse docs, use-webhooks: once more, and only where n8n or its gateway is not there.
  sendsAgain: false,
  noSecret: {
    message: 'The trigger has made no webhook in the environment yet',
    fix: 'Publish the workflow again, so that the trigger registers its webhook.',
  },
  registry: {
    open: (environment) => webhookRegistry(environment.client, { steps: stepsOf(environment) }),
    // The table, or a column that is watched, may be gone by now.
    openToDelete: async (context) => {
      const client = await connect(context);
      return { registry: webhookRegistry(client, { steps: [] }), address: addressOf(client) };
    },
  },
};
