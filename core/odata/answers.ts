import { ServiceError } from '../errors';
import type { ODataService } from './service';
import type { BatchAnswer, Row } from './types';

/** JSON where it says so or looks so; else the text; nothing where there is none. */
export function parseBody(body: string, contentType = ''): unknown {
  const text = body.trim();
  if (text === '') return undefined;
  if (!/json/i.test(contentType) && !/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Whether an answer comes from an OData service at all. A page of a proxy or a sign-in with status 200, or an empty
 * answer of one, would otherwise count as written. What a service answers names its OData version, is JSON, or is a
 * 204; that of a create says where the row is (OData 4.0 Protocol, 8.2.6, 8.3.3 and 11.4.2).
 */
export function isOwnAnswer(
  { status, headers }: Omit<BatchAnswer, 'body'>,
  { creates = false }: { creates?: boolean } = {},
): boolean {
  if (status >= 300) return false;
  if ('odata-version' in headers || 'odata-entityid' in headers) return true;
  const type = headers['content-type'] ?? '';
  return /json|multipart/i.test(type) || (status === 204 && !creates && type === '');
}

/** For an answer that is not the service's own. */
export function foreignAnswer(
  { words: { name, address }, foreignCode }: ODataService,
  { status, headers }: Omit<BatchAnswer, 'body'>,
): ServiceError {
  const type = headers['content-type']?.split(';')[0] ?? 'nothing readable';
  return new ServiceError(`Something in front of ${name} answered: ${type}, status ${status}`, {
    class: 'transient',
    code: foreignCode,
    status,
    fix: `Check the ${address} in the credential, and that no proxy or sign-in page stands between this n8n and ${name}.`,
  });
}

export function isRow(body: unknown): body is Row {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

/** The object that an answer consists of. */
export function asRow(
  { words: { name, address } }: ODataService,
  { status, body }: BatchAnswer,
): Row {
  if (isRow(body)) return body;
  throw new ServiceError(`${name} answered without a row.`, {
    class: 'unknown',
    status,
    fix: `Check that the ${address} is that of ${name} itself and not of a page in front of it.`,
  });
}
