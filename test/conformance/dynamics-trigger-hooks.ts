/** What an environment sends to a published trigger, and the address that it goes to. */
import { type HttpServer, type Received, startHttpServer } from '../support/httpServer';
import type { Answer, RunningTrigger } from '../support/trigger';

export interface Receiving {
  /** For `webhookBaseUrl`. */
  readonly baseUrl: string;
  /** Everything that came, with what became of it. */
  readonly deliveries: ReadonlyArray<{ request: Received; answer: Answer }>;
  /** Whom deliveries are handed to from now on. */
  handTo(trigger: RunningTrigger): void;
  /** What came out of them since this was asked last. */
  taken(): Answer['items'];
  /** Of the answers since then, in short. */
  reasons(): string[];
}

/** Receives for the tests of a file as n8n does. */
export function useReceiver(): Receiving {
  let server: HttpServer;
  let trigger: RunningTrigger | undefined;
  let deliveries: Array<{ request: Received; answer: Answer }> = [];
  let told = 0;
  let reasoned = 0;
  beforeAll(async () => {
    server = await startHttpServer(async (request) => {
      if (!trigger) return { status: 404 };
      const url = new URL(request.url, server.origin);
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const query = Object.fromEntries(url.searchParams);
      const answer = await trigger.deliver(request.body, headers, 200, query);
      deliveries.push({ request, answer });
      return { status: answer.status ?? 200, body: answer.body ?? {} };
    });
  });
  afterAll(async () => await server.close());
  beforeEach(() => {
    trigger = undefined;
    deliveries = [];
    told = 0;
    reasoned = 0;
  });
  return {
    get baseUrl() {
      return `${server.origin}/webhook`;
    },
    get deliveries() {
      return deliveries;
    },
    handTo: (to) => {
      trigger = to;
    },
    taken: () => {
      const fresh = deliveries.slice(told);
      told = deliveries.length;
      return fresh.flatMap(({ answer }) => answer.items);
    },
    reasons: () => {
      const fresh = deliveries.slice(reasoned);
      reasoned = deliveries.length;
      return fresh.map(({ answer }) => String((answer.body as { reason?: string })?.reason ?? ''));
    },
  };
}
