import { ServiceError, toServiceError } from '../../../errors';

/** What webhooks need of the tables behind them; names of rights as Dataverse makes them of a table's schema name. */

type Verb = 'Create' | 'Read' | 'Write' | 'Delete';

const SCHEMA_NAMES = {
  serviceendpoint: 'ServiceEndpoint',
  sdkmessagefilter: 'SdkMessage',
  sdkmessageprocessingstep: 'SdkMessageProcessingStep',
  sdkmessageprocessingstepimage: 'SdkMessageProcessingStepImage',
} as const;

export type WebhookTable = keyof typeof SCHEMA_NAMES;

const FIX =
  'Give the application user a role with the rights of webhooks (Environment: Prepare makes one, System Customizer has them), or let the trigger receive by Change Tracking meanwhile.';

/** The service names the right that is missing; where it does not, it is the one of the request. */
function rightIn(message: string, table: WebhookTable, verb: Verb): string {
  return /\bprv[A-Z]\w+/.exec(message)?.[0] ?? `prv${verb}${SCHEMA_NAMES[table]}`;
}

/** Does it, and says of a refusal which right is missing and what goes without it. */
export async function withRight<T>(
  verb: Verb,
  table: WebhookTable,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = toServiceError(error);
    if (failure.class !== 'permission') throw error;
    const right = rightIn(failure.message, table, verb);
    throw new ServiceError(
      `The application user may not register webhooks in Dynamics 365: it lacks the right ${right}`,
      { ...failure.toDetails(), cause: failure, fix: FIX },
    );
  }
}
