import { Agent, request as httpRequest } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { listen } from './kit';

/** Real HTTP for tests beside the code. `fetch` would not let them choose the Host header. */

export interface TestRequest {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export interface TestResponse {
  status: number;
  headers: Record<string, string>;
  text: string;
  bytes: Buffer;
}

/** Starts the app on the first request; closing the app is left to the caller. */
export function sender(app: FastifyInstance): (request: TestRequest) => Promise<TestResponse> {
  const agent = new Agent({ keepAlive: true });
  let url: Promise<string> | undefined;
  app.addHook('onClose', async () => agent.destroy());
  return async (request) => {
    url ??= listen(app, 0);
    return send(agent, await url, request);
  };
}

function send(
  agent: Agent,
  url: string,
  { body, path, ...rest }: TestRequest,
): Promise<TestResponse> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${url}${path}`, { agent, ...rest }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers as Record<string, string>,
          text: bytes.toString('utf8'),
          bytes,
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
