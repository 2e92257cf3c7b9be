import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createContext, listen, type SandboxContext } from '../kit';
import { askerOf, type Asker } from '../test-http';
import { CLARITY_CREDENTIALS } from './credentials';
import { createClarity, type ClarityOptions, type ClarityService } from './service';

export type { Answer } from '../test-http';

/** A shop on a real port, for tests. */
export interface TestShop {
  context: SandboxContext;
  clarity: ClarityService;
  url: string;
  /** Asks the `brief` profile, by the API key that may write. */
  ask: Asker;
  /** Asks any address, with no key. */
  bare: Asker;
  close(): Promise<void>;
}

export async function startTestShop(
  options: ClarityOptions = {},
  now?: () => Date,
): Promise<TestShop> {
  const context = createContext({ seed: 1, now });
  const clarity = createClarity(context, options);
  const url = await listen(clarity.app, 0);
  const bare = askerOf(url);
  const { apiKey } = CLARITY_CREDENTIALS;
  return {
    context,
    clarity,
    url,
    bare,
    ask: (path, { headers, ...rest } = {}) =>
      bare(`/api/v1${path}`, { ...rest, headers: { 'x-api-key': apiKey, ...headers } }),
    close: async () => {
      await clarity.app.close();
    },
  };
}

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  /** As it came, for the signature. */
  text: string;
}

/** Receives webhooks, and answers each with 200. */
export interface Receiver {
  url: string;
  received: Received[];
  close(): void;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url: path = '', headers } = request;
      received.push({ path, headers, text: Buffer.concat(chunks).toString() });
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, received, close: () => void server.close() };
}
