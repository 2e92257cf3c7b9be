import type { FastifyInstance } from 'fastify';
import { createControl, type ControlledServices } from './control';
import { createDataverse } from './dataverse';
import { createEntra } from './entra/service';
import { createContext, listen, type SandboxContext } from './kit';
import { DATAVERSE_SEED } from './seed';
import { createXCart, XCART_CREDENTIALS } from './xcart';

/** Made-up credentials of the sandbox tenant: always the same, and worth nothing anywhere else. */
export const ENTRA_CREDENTIALS = {
  tenantId: '5a4db0c5-0000-4000-8000-7e4a47000001',
  clientId: '5a4db0c5-0000-4000-8000-c11e47000002',
  clientSecret: 'sandbox-client-secret',
} as const;

export interface SandboxOptions {
  /** The first of four consecutive ports; 0 or absent: free ones. */
  port?: number;
  /** What everything made up is drawn from; 1 by default. */
  seed?: number;
  /** The clock; a test may set it. */
  now?: () => Date;
}

/** Where the services are, and the credentials for them. */
export interface SandboxAddresses {
  entra: { url: string; tenantId: string; clientId: string; clientSecret: string };
  dataverse: { url: string; scope: string };
  xcart: { url: string; readKey: string; writeKey: string; webhookSecret: string };
  control: { url: string };
}

export interface RunningSandbox extends SandboxAddresses {
  context: SandboxContext;
  /** The services themselves, for tests in the same process. */
  services: ControlledServices;
  /** All services back to the seed; faults and counters cleared. */
  reset(): void;
  /** Closes every port and connection, those that a fault holds included. */
  stop(): Promise<void>;
}

function createServices(context: SandboxContext, entraUrl: () => string): ControlledServices {
  const entra = createEntra(context, ENTRA_CREDENTIALS);
  const dataverse = createDataverse(context, {
    tokens: entra.tokens,
    authorizationUri: () => `${entraUrl()}/${ENTRA_CREDENTIALS.tenantId}/oauth2/authorize`,
    seed: DATAVERSE_SEED,
  });
  return { entra, dataverse, xcart: createXCart(context) };
}

function resetAll(context: SandboxContext, services: ControlledServices): void {
  context.faults.clear();
  for (const service of Object.values(services)) service.reset();
  context.counters.reset();
}

/** Listens on consecutive ports; when one cannot be had, gives back those before it. */
async function listenAll(apps: readonly FastifyInstance[], first: number): Promise<string[]> {
  const urls: string[] = [];
  try {
    for (const [index, app] of apps.entries()) {
      urls.push(await listen(app, first === 0 ? 0 : first + index));
    }
    return urls;
  } catch (error) {
    await Promise.all(apps.map((app) => app.close()));
    throw error;
  }
}

/** Starts all services on loopback. Prints nothing. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const context = createContext({ seed: options.seed, now: options.now });
  let entraUrl = '';
  const services = createServices(context, () => entraUrl);
  const reset = (): void => resetAll(context, services);
  const control = createControl({ context, services, reset });
  const apps = [services.entra.app, services.dataverse.app, services.xcart.app, control];
  const [entra = '', dataverse = '', xcart = '', controlUrl = ''] = await listenAll(
    apps,
    options.port ?? 0,
  );
  entraUrl = entra;
  const { readKey, writeKey, webhookSecret } = XCART_CREDENTIALS;
  return {
    entra: { url: entra, ...ENTRA_CREDENTIALS },
    dataverse: { url: dataverse, scope: `${dataverse}/.default` },
    xcart: { url: xcart, readKey, writeKey, webhookSecret },
    control: { url: controlUrl },
    context,
    services,
    reset,
    stop: async () => {
      await Promise.all(apps.map((app) => app.close()));
    },
  };
}
