import type { FieldError, Refusal } from '../api/refusals';
import type { ClaritySwitches } from '../switches';
import type { Worded } from './types';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Names of ServiceStack's conventions; what is not named is an `Exception`. */
const ERROR_CODES: Readonly<Record<number, string>> = {
  400: 'ArgumentException',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'NotImplementedException',
  409: 'Conflict',
  429: 'TooManyRequests',
};

/** `#/SalesItems/0/Sku` as `SalesItems[0].Sku`. */
const fieldName = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');

const fieldError = ({ pointer, detail }: FieldError): object => ({
  ErrorCode: 'ValidationException',
  FieldName: fieldName(pointer),
  Message: detail,
});

/** Arguments that cannot be taken are a 400 there, whatever is wrong with them. */
const statusOf = ({ status }: Refusal): number => (status === 422 ? 400 : status);

/** What the shop's own rules refuse, as an answer of success: only its success test tells it from one. */
const unsuccessful = ({ detail, errors }: Refusal, field: string): Worded => ({
  status: 200,
  headers: {},
  type: JSON_TYPE,
  body: { [field]: false, Messages: [detail, ...errors.map((each) => each.detail)] },
});

/** A refusal as ServiceStack words it. */
export function responseStatus(
  refusal: Refusal,
  switches: ClaritySwitches,
  writes: boolean,
): Worded {
  if (refusal.logical && writes && switches.logicalFailures) {
    return unsuccessful(refusal, switches.successField);
  }
  const status = statusOf(refusal);
  const { detail, errors, headers } = refusal;
  return {
    status,
    headers,
    type: JSON_TYPE,
    body: {
      ResponseStatus: {
        ErrorCode: ERROR_CODES[status] ?? 'Exception',
        Message: detail,
        Errors: errors.map(fieldError),
      },
    },
  };
}
