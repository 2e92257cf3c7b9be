import { type Received, type Reply, startHttpServer } from '../../support/httpServer';

/**
 * Stands between the nodes and a shop: writes down what is asked, and answers in the shop's place where a test says so.
 * So every store is tried under the same troubles, whatever its shop can be told to do.
 */
export interface Gateway {
  url: string;
  /** Everything that was asked since the last `reset`, beside signing in and what is aside. */
  readonly asked: Received[];
  /** Asked before a request reaches the shop; what it gives back is the answer, and the shop never hears of it. */
  before?: (request: Received, number: number) => Reply | undefined | Promise<Reply | undefined>;
  /** Asked when the shop has answered; what it gives back goes out in the place of that answer. */
  after?: (request: Received, number: number) => Reply | void | Promise<Reply | void>;
  /** Forgets what was asked, and lets everything through. */
  reset(): void;
  close(): Promise<void>;
}

/** Belong to one connection or to the coding that `fetch` has taken off. */
const OWN_TO_A_CONNECTION = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'host',
  'keep-alive',
  'transfer-encoding',
]);

const forwarded = (headers: Iterable<readonly [string, unknown]>): Record<string, string> =>
  Object.fromEntries(
    [...headers].flatMap(([name, value]) =>
      OWN_TO_A_CONNECTION.has(name) || value === undefined ? [] : [[name, String(value)]],
    ),
  );

async function askShop(shopUrl: string, request: Received): Promise<Reply> {
  const { method, url, headers, body } = request;
  const response = await fetch(new URL(url, shopUrl), {
    method,
    headers: forwarded(Object.entries(headers)),
    body: body === '' ? undefined : body,
    redirect: 'manual',
  });
  return {
    status: response.status,
    headers: forwarded(response.headers),
    body: await response.text(),
  };
}

/**
 * @param shopUrl asked at each request, since a shop may be started anew
 * @param signIn the path at which one signs in; where there is none, no request is for that alone
 * @param isAside whether a path is asked for by no single reading: it is not counted, and troubles befall it as they befall the
 * request before it
 */
export async function startGateway(
  shopUrl: () => string,
  signIn?: string,
  isAside: (path: string) => boolean = () => false,
): Promise<Gateway> {
  let count = 0;
  const server = await startHttpServer(async (request) => {
    // What befalls a shop befalls what is asked of it: whether one signs in before that, is the service's own.
    if (request.url === signIn) return await askShop(shopUrl(), request);
    if (!isAside(request.url)) count += 1;
    const number = count;
    const instead = await gateway.before?.(request, number);
    if (instead) return instead;
    const reply = await askShop(shopUrl(), request);
    return (await gateway.after?.(request, number)) ?? reply;
  });
  const gateway: Gateway = {
    url: server.origin,
    get asked() {
      return server.received.filter(({ url }) => url !== signIn && !isAside(url));
    },
    reset: () => {
      count = 0;
      server.received.length = 0;
      gateway.before = undefined;
      gateway.after = undefined;
    },
    close: server.close,
  };
  return gateway;
}
