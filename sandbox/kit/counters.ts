import type { FastifyInstance, FastifyRequest } from 'fastify';
import { SERVICE_NAMES, type ServiceName } from './service';

/** What one service has been asked since the last reset. */
export interface ServiceCounts {
  /** HTTP requests that arrived, those refused by a fault included. */
  requests: number;
  /** The same requests by `METHOD route`, such as `POST $batch` or `GET /api/orders/:id`. */
  byRoute: Record<string, number>;
  /** What the requests did, such as `create salesorder`: the operations inside a batch count one each. */
  operations: Record<string, number>;
  /** Faults that fired, by kind. */
  faults: Record<string, number>;
}

export type Counts = Record<ServiceName, ServiceCounts>;

/** Names a request for `byRoute`. */
export type RouteName = (request: FastifyRequest) => string;

const matchedRoute: RouteName = (request) =>
  `${request.method} ${request.routeOptions.url ?? '(no route)'}`;

const none = (): ServiceCounts => ({ requests: 0, byRoute: {}, operations: {}, faults: {} });

const noneAnywhere = (): Counts =>
  Object.fromEntries(SERVICE_NAMES.map((name) => [name, none()])) as Counts;

function increment(table: Record<string, number>, key: string): void {
  table[key] = (table[key] ?? 0) + 1;
}

/** Counts requests and operations, so that a test can say "at most n requests per order". */
export class Counters {
  private counts = noneAnywhere();

  /**
   * Counts every HTTP request of the app. Call it on the root instance, before `Faults.attach` and before the
   * routes. `routeName` replaces the matched route where a service has one route for many resources.
   */
  attach(app: FastifyInstance, service: ServiceName, routeName: RouteName = matchedRoute): void {
    app.addHook('onRequest', (request, _reply, done) => {
      const counts = this.counts[service];
      counts.requests += 1;
      increment(counts.byRoute, routeName(request));
      done();
    });
  }

  /** Counts one operation, such as `create salesorder`. */
  operation(service: ServiceName, name: string): void {
    increment(this.counts[service].operations, name);
  }

  /** Counts a fault that fired. */
  fault(service: ServiceName, kind: string): void {
    increment(this.counts[service].faults, kind);
  }

  /** A copy: later requests do not change it. */
  snapshot(): Counts {
    return structuredClone(this.counts);
  }

  reset(): void {
    this.counts = noneAnywhere();
  }
}
