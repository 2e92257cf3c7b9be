import { createContext, type SandboxContext } from '../kit';
import { sender } from '../test-http';
import { createDataverse, type DataverseOptions, type DataverseService } from './service';

/** What tests beside the code work with: a service without tokens, asked in-process. */

export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
  bytes: Buffer;
  // The tests read answers of every shape.
  body: Record<string, unknown>;
}

export interface TestService {
  context: SandboxContext<'dataverse'>;
  dataverse: DataverseService;
  ask(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
}

export const ROOT = 'http://sandbox.example/api/data/v9.2/';

export function testService(
  options: DataverseOptions = {},
  now: (() => Date) | undefined = undefined,
): TestService {
  const context = createContext<'dataverse'>({ now });
  const dataverse = createDataverse(context, options);
  const send = sender(dataverse.app);
  return {
    context,
    dataverse,
    ask: async (method, path, body, headers = {}) => {
      const response = await send({
        method,
        // What stands beside the Web API is asked for by its whole path.
        path: path.startsWith('/') ? path : `/api/data/v9.2/${encodeSpaces(path)}`,
        headers: { host: 'sandbox.example', 'content-type': 'application/json', ...headers },
        body: isSent(body) ? body : JSON.stringify(body),
      });
      const type = response.headers['content-type'] ?? '';
      const isJson = type.startsWith('application/json') && response.text !== '';
      return { ...response, body: isJson ? (JSON.parse(response.text) as Answer['body']) : {} };
    },
  };
}

const isSent = (body: unknown): body is string | Buffer | undefined =>
  typeof body === 'string' || body === undefined || Buffer.isBuffer(body);

/** Tests write addresses as a person reads them. */
const encodeSpaces = (path: string): string => path.replaceAll(' ', '%20').replaceAll('"', '%22');

/** A batch body: one entry per part; an inner list is a change set. */
export type BatchEntry = { request: string; contentId?: string; body?: unknown };

const CRLF = '\r\n';

const part = ({ request, contentId, body }: BatchEntry): string =>
  [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(contentId === undefined ? [] : [`Content-ID: ${contentId}`]),
    '',
    `${request} HTTP/1.1`,
    'Content-Type: application/json',
    '',
    body === undefined ? '' : JSON.stringify(body),
  ].join(CRLF);

export function batchBody(entries: ReadonlyArray<BatchEntry | readonly BatchEntry[]>): string {
  const parts = entries.map((entry) =>
    Array.isArray(entry) ? changeSet(entry as BatchEntry[]) : part(entry as BatchEntry),
  );
  return [...parts.map((text) => `--batch_x${CRLF}${text}`), '--batch_x--', ''].join(CRLF);
}

const changeSet = (entries: readonly BatchEntry[]): string =>
  [
    'Content-Type: multipart/mixed; boundary=changeset_x',
    '',
    ...entries.map((entry) => `--changeset_x${CRLF}${part(entry)}`),
    '--changeset_x--',
    '',
  ].join(CRLF);

export const BATCH_TYPE = { 'content-type': 'multipart/mixed; boundary="batch_x"' };
