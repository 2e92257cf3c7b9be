import type { FastifyInstance } from 'fastify';
import { createControl } from './control/app';
import {
  createContext,
  listen,
  type Address,
  type Credentials,
  type RunningService,
  type SandboxContext,
  type ServiceDefinition,
} from './kit';
import { SERVICES, type Addresses, type ServiceName, type Services } from './services';

export interface SandboxOptions {
  /** The first of the consecutive ports; 0 or absent: free ones. */
  port?: number;
  /** What everything made up is drawn from; 1 by default. */
  seed?: number;
  /** The clock; a test may set it. */
  now?: () => Date;
}

/** Where the services are, and the credentials for them. */
export type SandboxAddresses = Addresses & { control: Address };

export interface RunningSandbox extends SandboxAddresses {
  context: SandboxContext<ServiceName>;
  /** The services themselves, for tests in the same process. */
  services: Services;
  /** What n8n asks for to reach the services, by type of credential. */
  credentials: Credentials;
  /** All services back to the seed, or the one that is named; faults and counters cleared. */
  reset(only?: ServiceName): void;
  /** Closes every port and connection, those that a fault holds included. */
  stop(): Promise<void>;
}

const DEFINITIONS: readonly ServiceDefinition[] = SERVICES;

type Listen = (app: FastifyInstance) => Promise<string>;

/** What is known of the services that have been started: grows with each, in the order of the list. */
interface Started {
  running: Record<string, RunningService>;
  credentials: Record<string, Credentials[string]>;
}

/** Starts one service after another, so that each knows the addresses of those before it. */
async function startServices(
  context: SandboxContext,
  control: FastifyInstance,
  { running, credentials }: Started,
  listenNext: Listen,
): Promise<void> {
  for (const definition of DEFINITIONS) {
    const service = definition.create(context, running);
    definition.control(control, service);
    const address = definition.address(await listenNext(service.app));
    Object.assign(credentials, definition.credentials?.(address, running));
    running[definition.name] = { service, address };
  }
}

function resetServices(context: SandboxContext, { running }: Started, only?: ServiceName): void {
  context.faults.clear();
  for (const [name, { service }] of Object.entries(running)) {
    if (only === undefined || name === only) service.reset();
  }
  context.counters.reset();
}

/** One thing of each service, by the service's name. */
const each = (
  { running }: Started,
  what: (running: RunningService) => unknown,
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(running).map(([name, one]) => [name, what(one)]));

/** Starts all services on loopback. Prints nothing. When a port cannot be had, those before it are given back. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const { port: first = 0, seed, now } = options;
  const context = createContext<ServiceName>({ seed, now });
  const started: Started = { running: {}, credentials: {} };
  const apps: FastifyInstance[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(apps.map((app) => app.close()));
  };
  const listenNext: Listen = (app) => {
    const index = apps.push(app) - 1;
    return listen(app, first === 0 ? 0 : first + index);
  };
  const reset = (only?: ServiceName): void => resetServices(context, started, only);
  const control = createControl(context, () => reset());
  try {
    await startServices(context, control, started, listenNext);
    const url = await listenNext(control);
    return {
      ...(each(started, ({ address }) => address) as Addresses),
      control: { url },
      context,
      services: each(started, ({ service }) => service) as Services,
      credentials: started.credentials,
      reset,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
