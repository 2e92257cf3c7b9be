import type { DeliveryState } from '../../kit/webhooks';

/** Why a webhook was not delivered, by the codes of Dataverse. Source: Dataverse docs, web-service-error-codes. */
export interface Failure {
  code: string;
  message: string;
}

const NOT_2XX = '0x80050201';
const TIMEOUT = '0x80050202';
const POST_FAILED = '0x80050205';

/** Undefined where it was delivered. The texts are made up: the documented names alone say what each code means. */
export function failureOf({ status, attempts }: DeliveryState): Failure | undefined {
  if (status === 'delivered') return undefined;
  const last = attempts.at(-1);
  if (last?.status !== undefined) {
    return {
      code: NOT_2XX,
      message: `The webhook call failed because the endpoint answered with the status ${last.status}.`,
    };
  }
  const reason = last?.error ?? 'nothing was sent';
  return /timeout/i.test(reason)
    ? {
        code: TIMEOUT,
        message: 'The webhook call failed because the endpoint did not answer in time.',
      }
    : { code: POST_FAILED, message: `The webhook call failed: ${reason}.` };
}

/** `0x80050201` as the signed number that rows and the SDK have. */
export const signedCode = (code: string): number => Number(code) | 0;
