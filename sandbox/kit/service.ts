import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from './context';

/** One simulated service. `reset` puts it back to its seeded state without closing its port. */
export interface Service {
  app: FastifyInstance;
  reset(): void;
}

/** Where a service is, and what a caller needs to get in: it is printed by `npm run sandbox`. */
export interface Address {
  url: string;
}

/** A service that listens. */
export interface RunningService<S extends Service = Service, A extends Address = Address> {
  service: S;
  address: A;
}

export type RunningServices = Readonly<Record<string, RunningService>>;

/** What n8n asks for to reach a service: a name to show, and the fields of its credential type. */
export type Credentials = Readonly<Record<string, { name: string; data: object }>>;

/**
 * Everything that the sandbox has to know of a service. `sandbox/services.ts` names the definitions in the order of
 * start, and ports, control routes, reset, counts and what is printed follow from that list.
 */
export interface ServiceDefinition<
  Name extends string = string,
  S extends Service = Service,
  A extends Address = Address,
  Before = RunningServices,
> {
  /** Key of its address, of its counts and in the fault configuration, and the beginning of its control routes. */
  name: Name;
  /** What people call it. */
  title: string;
  /** Makes the service, seeded. `before`: those that were started before it, by name. */
  create(context: SandboxContext, before: Before): S;
  /** What callers are told, once it listens at `url`. */
  address(url: string): A;
  /** By type of credential; absent for a service that n8n has no credential of its own for. */
  credentials?(address: A, before: Before): Credentials;
  /** Adds the routes of the control API that concern this service, each beginning with its name. */
  control(app: FastifyInstance, service: S): void;
}

/** Checks a definition and keeps its exact types, so that callers know each service and address by name. */
export const defineService = <
  const Name extends string,
  S extends Service,
  A extends Address,
  Before = RunningServices,
>(
  definition: ServiceDefinition<Name, S, A, Before>,
): ServiceDefinition<Name, S, A, Before> => definition;

/** How a definition's service is known to those that are started after it. */
export type RunningOf<Definition> =
  Definition extends ServiceDefinition<string, infer S, infer A, never>
    ? RunningService<S, A>
    : never;
