import type { IDataObject } from 'n8n-workflow';

import { ERROR_CLASSES, type ErrorClass, type FailedRule } from '../../core/errors';
import { classifyStatus } from '../../core/http/status';
import type { Failure } from '../../core/ledger/ledger';
import { textOf } from './fields/value';

const NO_REASON = 'The failed node gave no reason';

const isObject = (value: unknown): value is IDataObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isErrorClass = (value: unknown): value is ErrorClass =>
  ERROR_CLASSES.some((name) => name === value);

function messageOf(error: unknown): string {
  if (!isObject(error)) return textOf(error) ?? NO_REASON;
  return textOf(error.message) ?? textOf(error.error) ?? textOf(error.description) ?? NO_REASON;
}

/** HTTP status in what nodes of n8n put out: `httpCode`, `statusCode` or `status`. */
function statusOf(error: IDataObject): number | undefined {
  const given = error.httpCode ?? error.statusCode ?? error.status;
  const status = Number(given);
  return given !== undefined && Number.isInteger(status) && status >= 400 ? status : undefined;
}

function classOf(details: IDataObject, error: IDataObject): ErrorClass {
  if (isErrorClass(details.class)) return details.class;
  const status = statusOf(details) ?? statusOf(error);
  return status === undefined ? 'unknown' : classifyStatus(status);
}

function ruleOf({ rule }: IDataObject): FailedRule | undefined {
  const target = isObject(rule) ? textOf(rule.target) : undefined;
  return target === undefined
    ? undefined
    : { target, isOwn: isObject(rule) && rule.isOwn === true };
}

/**
 * A failure as it arrives on the error branch: `{ error, details }` of this package, or what other nodes make of it
 * (`error` as text, or an object with `message`, `description` and `httpCode`).
 */
export function failureOf(json: IDataObject): Omit<Failure, 'token'> {
  const details = isObject(json.details) ? json.details : {};
  const error = isObject(json.error) ? json.error : {};
  const rule = ruleOf(details);
  const retryAfterMs = Number(details.retryAfterMs ?? NaN);
  return {
    message: messageOf(json.error),
    details: {
      class: classOf(details, error),
      code: textOf(details.code) ?? textOf(error.code) ?? textOf(error.httpCode),
      fix: textOf(details.fix) ?? textOf(error.description),
      ...(retryAfterMs > 0 && { retryAfterMs }),
      ...(rule && { rule }),
    },
  };
}
