import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What one service has been asked since the last reset. */
export interface ServiceCounts {
  /** HTTP requests that arrived, those refused by a fault included. */
  requests: number;
  /** The same requests by `METHOD route`, such as `POST $batch` or `GET /api/orders/:id`. */
  byRoute: Record<string, number>;
  /** Answers by their status. */
  byStatus: Record<string, number>;
  /** What the requests did, such as `create salesorder`: the operations inside a batch count one each. */
  operations: Record<string, number>;
  /** Faults that fired, by kind. */
  faults: Record<string, number>;
  /** Most HTTP requests that were under way at the same time, those that were refused included. */
  mostInFlight: number;
}

/** Names a request for `byRoute`. */
export type RouteName = (request: FastifyRequest) => string;

const matchedRoute: RouteName = (request) =>
  `${request.method} ${request.routeOptions.url ?? '(no route)'}`;

const none = (): ServiceCounts => ({
  requests: 0,
  byRoute: {},
  byStatus: {},
  operations: {},
  faults: {},
  mostInFlight: 0,
});

function increment(table: Record<string, number>, key: string): void {
  table[key] = (table[key] ?? 0) + 1;
}

/**
 * Counts requests and operations, so that a test can say "at most n requests per order". Services are known from when
 * they are attached; `Name` says which these are.
 */
export class Counters<Name extends string = string> {
  private readonly counts = new Map<string, ServiceCounts>();

  /**
   * Counts every HTTP request of the app. Call it on the root instance, before `Faults.attach` and before the
   * routes. `routeName` replaces the matched route where a service has one route for many resources.
   */
  attach(app: FastifyInstance, service: string, routeName: RouteName = matchedRoute): void {
    this.of(service);
    let inFlight = 0;
    app.addHook('onRequest', (request, reply, done) => {
      const counts = this.of(service);
      inFlight += 1;
      // Comes in every case, also where the client hangs up or a fault destroys the connection.
      reply.raw.once('close', () => {
        inFlight -= 1;
      });
      counts.mostInFlight = Math.max(counts.mostInFlight, inFlight);
      counts.requests += 1;
      increment(counts.byRoute, routeName(request));
      done();
    });
    app.addHook('onSend', (_request, reply, payload, done) => {
      increment(this.of(service).byStatus, String(reply.statusCode));
      done(null, payload);
    });
  }

  /** Counts one operation, such as `create salesorder`. */
  operation(service: string, name: string): void {
    increment(this.of(service).operations, name);
  }

  /** Remembers the operations of a service; `undo` takes back what has been counted since, of work that is done anew. */
  mark(service: string): { undo(): void } {
    const { operations } = this.of(service);
    const before = { ...operations };
    return {
      undo: () => {
        this.of(service).operations = before;
      },
    };
  }

  /** Counts a fault that fired. */
  fault(service: string, kind: string): void {
    increment(this.of(service).faults, kind);
  }

  /** A copy: later requests do not change it. */
  snapshot(): Record<Name, ServiceCounts> {
    return structuredClone(Object.fromEntries(this.counts)) as Record<Name, ServiceCounts>;
  }

  reset(): void {
    for (const service of this.counts.keys()) this.counts.set(service, none());
  }

  private of(service: string): ServiceCounts {
    const known = this.counts.get(service) ?? none();
    this.counts.set(service, known);
    return known;
  }
}
