import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  /** As it came, for the signature. */
  text: string;
}

/** What services tell by webhook comes here, in tests. */
export interface Receiver {
  url: string;
  received: Received[];
  /** Statuses with which it answers in turn, and with 200 after that. */
  answers: number[];
  /** Waited for before an answer is given. */
  onReceived?: () => Promise<void>;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url: path = '', headers } = request;
      received.push({ path, headers, text: Buffer.concat(chunks).toString() });
      const answer = (): void => {
        response.writeHead(answers.shift() ?? 200).end();
      };
      void Promise.resolve(receiver.onReceived?.()).then(answer);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answers,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return receiver;
}
