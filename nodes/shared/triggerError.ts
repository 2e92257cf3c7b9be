import type { IHookFunctions, IPollFunctions, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { ErrorClass, ServiceError } from '../../core/errors';
import { understood } from './items';

/** n8n from 2.41 on decides by this when a failed poll is tried again; older ones do not look at it. */
const CAUSES: Partial<Record<ErrorClass, string>> = {
  throttled: 'rate-limited',
  transient: 'temporarily-unavailable',
  authentication: 'credential-invalid',
  permission: 'credential-invalid',
  validation: 'configuration-invalid',
};

function backOff({ class: errorClass, retryAfterMs }: ServiceError): object {
  const cause = CAUSES[errorClass];
  return cause
    ? { failure: { cause, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) } }
    : {};
}

/** A failed poll or activation as n8n shows it: what happened, and what to do. */
export function triggerError(context: IPollFunctions | IHookFunctions, error: unknown): Error {
  const failure = understood(error);
  const options = { message: failure.message, description: failure.fix, ...backOff(failure) };
  const { status } = failure;
  if (status === undefined) return new NodeOperationError(context.getNode(), failure, options);
  const answer: JsonObject = { message: failure.message, httpCode: String(status) };
  return new NodeApiError(context.getNode(), answer, { ...options, httpCode: String(status) });
}
