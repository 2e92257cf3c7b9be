/** A Dataverse of the sandbox to be prepared, with a clock of its own: nobody waits for a key or a pause. */
import { createDataverse as createClient } from '../../core/dynamics/dataverse/client';
import {
  type EnvironmentChoice,
  openEnvironment,
} from '../../core/dynamics/dataverse/prepare/environment';
import { prepareEnvironment } from '../../core/dynamics/dataverse/prepare/prepare';
import {
  type Item,
  type PreparedItem,
  PARTS,
  type Part,
} from '../../core/dynamics/dataverse/prepare/requirement';
import { requirementsOf, type Wishes } from '../../core/dynamics/dataverse/prepare/requirements';
import type { Dataverse } from '../../core/dynamics/dataverse/types';
import { fetchTransport } from '../../core/http/fetch';
import { createSend } from '../../core/http/send';
import {
  createDataverse,
  type DataverseOptions,
  type DataverseService,
} from '../../sandbox/dataverse/service';
import { createContext, type SandboxContext } from '../../sandbox/kit';
import { jumpingClock, type TestClock } from '../support/clock';

export const ALL: readonly Part[] = PARTS;
export const MADE: readonly Part[] = PARTS.filter((part) => part !== 'role');

export interface Prepared {
  service: DataverseService;
  context: SandboxContext<'dataverse'>;
  clock: TestClock;
  client: Dataverse;
  /** Requests that change something, as `METHOD path`. */
  sent: string[];
  prepare(
    wishes?: Partial<Wishes>,
    more?: EnvironmentChoice & { keyWaitMs?: number; signal?: AbortSignal },
  ): Promise<PreparedItem[]>;
  stop(): Promise<void>;
}

export async function startPrepared(options: DataverseOptions = {}): Promise<Prepared> {
  const clock = jumpingClock();
  const context = createContext<'dataverse'>({ now: () => new Date(clock.now()) });
  const service = createDataverse(context, options);
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  const address = service.app.addresses()[0];
  const transport = fetchTransport();
  const sent: string[] = [];
  const send = createSend({
    retry: { clock, attempts: 2 },
    transport: async (request) => {
      const path = decodeURIComponent(new URL(request.url).pathname);
      if (request.method !== 'GET') {
        sent.push(`${request.method} ${path.replace('/api/data/v9.2/', '')}`);
      }
      return await transport(request);
    },
  });
  const url = `http://127.0.0.1:${String(address?.port)}`;
  const client = createClient({ url, send }, { clock });
  return {
    service,
    context,
    clock,
    client,
    sent,
    prepare: async ({ parts = MADE, ...wishes } = {}, { keyWaitMs, signal, ...choice } = {}) => {
      const environment = await openEnvironment(client, choice);
      const wanted = requirementsOf({ parts, prefix: environment.prefix, ...wishes });
      return await prepareEnvironment(environment, wanted, { clock, keyWaitMs, signal });
    },
    stop: async () => {
      await service.app.close();
    },
  };
}

export const namesOf = (items: readonly Item[]): string[] =>
  items.map(({ kind, table, name }) => `${kind} ${table} ${name}`);

/** How many items have each outcome. */
export function outcomesOf(items: readonly PreparedItem[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of items) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** How many items are in each state. */
export const statesOf = (items: readonly Item[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { state } of items) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
};
