import { ServiceError } from '../errors';
import type { HttpRequest, Layer } from '../http/types';

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Whether a request leaves everything as it is; of a POST only the client that makes it knows. */
export const isRead = ({ method, onlyReads }: HttpRequest): boolean =>
  onlyReads === true || READING.has(method);

function refused({ method, url }: HttpRequest): ServiceError {
  const { host, pathname } = new URL(url);
  return new ServiceError(
    `In a dry run nothing is written, and ${method} ${pathname} was not sent`,
    {
      class: 'configuration',
      code: 'DRY_RUN',
      fix: `What this operation would do at ${host} cannot be said without doing it. Leave the node out of the dry run, or turn Dry Run off.`,
    },
  );
}

/**
 * The innermost layer of a dry run: only reads get through, whatever stands above it. So a write that nobody has thought
 * of is an error, and is not sent.
 */
export const onlyReading: Layer = (next) => async (request) => {
  if (!isRead(request)) throw refused(request);
  return await next(request);
};
