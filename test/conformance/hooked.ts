/** A Dataverse of the sandbox whose changes a trigger is told of, with all that it is asked noted. */
import { createDataverse as createClient } from '../../core/dynamics/dataverse/client';
import type { Dataverse } from '../../core/dynamics/dataverse/types';
import {
  forgetMessageIds,
  proofsOf,
  readEvent,
  type StepWish,
  type WebhookChoice,
  webhookRegistry,
} from '../../core/dynamics/dataverse/webhooks';
import { fetchTransport } from '../../core/http/fetch';
import { createSend } from '../../core/http/send';
import type { HttpResponse } from '../../core/http/types';
import {
  createHooks,
  deleteHooks,
  type HookIds,
  repairHooks,
  type WantedHook,
} from '../../core/webhooks/hooks';
import { isAuthentic } from '../../core/webhooks/webhook';
import { createDataverse, type DataverseService } from '../../sandbox/dataverse/service';
import { createContext } from '../../sandbox/kit';
import { type Receiver, startReceiver } from '../../sandbox/test-receiver';

export const STEPS: readonly StepWish[] = [
  { event: 'order.created', table: 'account', message: 'Create' },
  {
    event: 'order.changed',
    table: 'account',
    message: 'Update',
    columns: ['name', 'telephone1'],
    before: ['name'],
    after: ['name', 'revenue'],
  },
  { event: 'order.deleted', table: 'account', message: 'Delete', before: ['name'] },
];

export const SECRET = 'a-secret';

export interface Hooked {
  service: DataverseService;
  receiver: Receiver;
  client: Dataverse;
  /** Requests in their order, as `METHOD set`. */
  asked: string[];
  /** Called with the number of each request from 1, before it is sent, and after the answer has come. */
  on: {
    send?: (number: number) => void | Promise<void>;
    answer?: (number: number) => void;
    /** What is answered in the place of the service; undefined: the service answers. */
    instead?: (what: string) => HttpResponse | undefined;
  };
  /** Address of the trigger at this host. */
  url(path?: string): string;
  publish(how?: Published): Promise<HookIds>;
  repair(how?: Published): Promise<HookIds>;
  remove(known?: HookIds, url?: string): Promise<void>;
  /** Rows of endpoints, steps and images, as counts. */
  counts(): [endpoints: number, steps: number, images: number];
  /** What has been delivered, of those who know the secret. */
  events(secret?: string, place?: WebhookChoice['place']): Promise<ReturnType<typeof readEvent>[]>;
  /** Makes, changes and deletes an account; of one of its two changes no step asks. */
  change(): Promise<void>;
  /** Somebody else's webhook, with a step of the same message and table. */
  foreign(): Promise<{ endpoint: string; step: string }>;
  /** As it was at the start; nothing asked, nothing received. */
  reset(): void;
  stop(): Promise<void>;
}

export const ACCOUNT = 'b0000000-0000-4000-8000-000000000002';
export const FOREIGN = '/webhook/other';

export interface Published extends Partial<WebhookChoice> {
  known?: HookIds;
  url?: string;
  secret?: string;
}

export async function startHooked(): Promise<Hooked> {
  const context = createContext<'dataverse'>();
  const service = createDataverse(context);
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  const receiver = await startReceiver();
  const asked: string[] = [];
  const on: Hooked['on'] = {};
  const transport = fetchTransport();
  const send = createSend({
    retry: { attempts: 1 },
    transport: async (request) => {
      const path = new URL(request.url).pathname.replace('/api/data/v9.2/', '');
      asked.push(`${request.method} ${path.replace(/\(.*/, '')}`);
      const number = asked.length;
      await on.send?.(number);
      const answer = on.instead?.(asked.at(-1) ?? '') ?? (await transport(request));
      on.answer?.(number);
      return answer;
    },
  });
  const port = String(service.app.addresses()[0]?.port);
  const client = createClient({ url: `http://127.0.0.1:${port}`, send });
  const url = (path = '/webhook/w/t/dynamics365'): string => `${receiver.url}${path}`;
  const rows = (set: string): number => (service.rows(set) ?? []).length;

  function wish({ known = {}, url: address = url(), secret = SECRET, ...choice }: Published = {}) {
    const { steps = STEPS } = choice;
    const registry = webhookRegistry(client, { steps, ...choice });
    const wanted = steps.map(({ event }): WantedHook => ({ event, url: address, secret }));
    return { registry, wanted, known };
  }

  const publish: Hooked['publish'] = async (how) => {
    const { registry, wanted, known } = wish(how);
    return await createHooks(registry, wanted, known);
  };

  return {
    ...{ service, receiver, client, asked, on, url, publish },
    repair: async (how) => {
      const { registry, wanted, known } = wish(how);
      return await repairHooks(registry, wanted, known);
    },
    remove: async (known = {}, address = url()) => {
      await deleteHooks(wish().registry, known, address);
    },
    counts: () => [
      rows('serviceendpoints'),
      rows('sdkmessageprocessingsteps'),
      rows('sdkmessageprocessingstepimages'),
    ],
    events: async (secret = SECRET, place = 'header') => {
      await service.webhooks.idle();
      return receiver.received.flatMap(({ path, headers, text }) => {
        const query = Object.fromEntries(new URL(path, receiver.url).searchParams);
        const delivery = { rawBody: Buffer.from(text), headers, query };
        return isAuthentic(delivery, secret, proofsOf(place)) ? [readEvent(delivery)] : [];
      });
    },
    change: async () => {
      await client.create('accounts', { accountid: ACCOUNT, name: 'Contoso', revenue: 12.5 });
      await client.update('accounts', ACCOUNT, { telephone1: '1' });
      await client.update('accounts', ACCOUNT, { description: 'Of no interest' });
      await client.delete('accounts', ACCOUNT);
    },
    foreign: async () => {
      const steps = STEPS.slice(0, 1);
      const known = await publish({ url: url(FOREIGN), steps, secret: 'x' });
      const endpoint = (service.rows('serviceendpoints') ?? []).find((row) =>
        String(row.url).endsWith(FOREIGN),
      );
      asked.length = 0;
      return {
        endpoint: String(endpoint?.serviceendpointid),
        step: Object.values(known).join(),
      };
    },
    reset: () => {
      service.reset();
      receiver.received.length = 0;
      asked.length = 0;
      Object.assign(on, { send: undefined, answer: undefined, instead: undefined });
      forgetMessageIds();
    },
    stop: async () => {
      forgetMessageIds();
      await service.app.close();
      await receiver.close();
    },
  };
}
