import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Received {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** Milliseconds since the epoch. */
  at: number;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string | string[]>;
  /** An object is sent as JSON. */
  body?: unknown;
  delayMs?: number;
  /** Ends the connection instead of answering. */
  reset?: boolean;
}

export interface HttpServer {
  origin: string;
  /** Everything that arrived, in order. */
  received: Received[];
  close(): Promise<void>;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, reply: Reply): void {
  const { status = 200, headers = {}, body } = reply;
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const type = typeof body === 'object' ? { 'content-type': 'application/json' } : {};
  response.writeHead(status, { ...type, ...headers }).end(text);
}

/** A real server on a free loopback port, answering as the test says. */
export async function startHttpServer(
  answer: (request: Received, number: number) => Reply | Promise<Reply>,
): Promise<HttpServer> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    void (async () => {
      const { method = '', url = '', headers } = request;
      const seen = { method, url, headers, body: await textOf(request), at: Date.now() };
      const reply = await answer(seen, received.push(seen));
      if (reply.delayMs) await new Promise((resolve) => setTimeout(resolve, reply.delayMs).unref());
      if (reply.reset) request.socket.destroy();
      else send(response, reply);
    })();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
