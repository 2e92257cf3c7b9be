import { STATUS_CODES } from 'node:http';
import type { Refusal } from '../api/refusals';
import type { Worded } from './types';

/** Problem JSON (RFC 9457), with `errors` as its example of section 3.1 has them. */
export const problem = ({ status, detail, errors, headers }: Refusal): Worded => ({
  status,
  headers,
  type: 'application/problem+json; charset=utf-8',
  body: {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    ...(errors.length > 0 ? { errors } : {}),
  },
});
