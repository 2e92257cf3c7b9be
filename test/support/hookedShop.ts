/** A made-up store with an API for webhooks, one for each event, that sends lists of orders and the secret in the address. */
import type { ICredentialType, IDataObject, INode, INodeType } from 'n8n-workflow';
import { z } from 'zod';

import { ServiceError } from '../../core/errors';
import type { HookRegistry, RegisteredHook, WantedHook } from '../../core/webhooks/hooks';
import { countedId } from '../../core/stores/kit/ids';
import { momentOf, type RecordType } from '../../core/feeds/records';
import { readHints } from '../../core/webhooks/webhook';
import type {
  FollowedKind,
  StoreTriggerDefinition,
  TriggerStore,
  TriggerWebhook,
} from '../../nodes/shared/trigger/definition';
import { publish, type RunningTrigger, WEBHOOK_BASE_URL } from './trigger';

export interface Order {
  Id: number;
  Status: string;
  Changed: string;
}

const ORDERS: RecordType<Order> = {
  platform: 'toy',
  kind: 'order',
  many: 'orders',
  idOf: ({ Id: id }) => String(id),
  changedAt: ({ Changed: changed }) => momentOf(changed),
  createdAt: ({ Changed: changed }) => momentOf(changed),
};

const gone = (): ServiceError => new ServiceError('gone', { class: 'not-found', status: 404 });

export class Shop implements TriggerStore {
  name = 'main';
  address = 'toy.example';
  webhookSecret = '';
  orders = new Map<number, Order>();
  hooks: RegisteredHook[] = [];
  /** What the trigger asked of the API for webhooks, in its order. */
  asked: string[] = [];
  fails?: (what: string) => Error | undefined;
  private made = 0;

  place(...ids: number[]): void {
    for (const id of ids) {
      this.orders.set(id, { Id: id, Status: 'new', Changed: new Date().toISOString() });
    }
  }

  private note(what: string): void {
    this.asked.push(what);
    const error = this.fails?.(what);
    if (error) throw error;
  }

  private indexOf(id: string): number {
    const index = this.hooks.findIndex((hook) => hook.id === id);
    if (index < 0) throw gone();
    return index;
  }

  registry: HookRegistry = {
    list: async () => {
      this.note('list');
      return structuredClone(this.hooks);
    },
    create: async ({ event, url }: WantedHook) => {
      this.note(`create ${event}`);
      this.made += 1;
      this.hooks.push({ id: `h${this.made}`, event, url, isEnabled: true });
      return `h${this.made}`;
    },
    update: async (id, { event, url }) => {
      this.note(`update ${id}`);
      this.hooks[this.indexOf(id)] = { id, event, url, isEnabled: true };
    },
    delete: async (id) => {
      this.note(`delete ${id}`);
      this.hooks.splice(this.indexOf(id), 1);
    },
  };

  /** The secret in the address of the webhook for an event. */
  keyOf(event: string): string {
    const hook = this.hooks.find((each) => each.event === event);
    return new URL(hook?.url ?? WEBHOOK_BASE_URL).searchParams.get('key') ?? '';
  }
}

export const webhook: TriggerWebhook<Shop> = {
  path: 'toy',
  sender: 'the shop',
  proofs: () => [{ by: 'secret', in: 'query', name: 'key' }],
  hintsIn: (delivery) =>
    readHints(delivery, {
      document: z.object({ Id: countedId(0) }).passthrough(),
      mayBeList: true,
      hintOf: ({ Id: id }, { query }) => ({
        event: String(query?.['event'] ?? ''),
        id: String(id),
      }),
      expected: 'The shop has to send its orders.',
    }),
  deliveryId: ({ headers }) => String(headers['x-delivery'] ?? '') || undefined,
  noSecret: { message: 'There is no secret', fix: 'Set one.' },
  registry: {
    open: ({ registry }) => registry,
    urlOf: ({ url, event, secret }) => `${url}?event=${event}&key=${secret}`,
  },
};

export const orders: FollowedKind<Shop, Order> = {
  type: ORDERS,
  feed: ({ orders }, { statuses = [] }) => ({
    type: ORDERS,
    changes: {
      changedSince: async function* () {
        yield [...orders.values()].filter(
          ({ Status: status }) => statuses.length === 0 || statuses.includes(status),
        );
      },
    },
    tooMany: 'Choose a later start.',
  }),
  get: async ({ orders }, id) => {
    const order = orders.get(Number(id));
    if (!order) throw gone();
    return order;
  },
  filters: [
    {
      property: { displayName: 'Statuses', name: 'statuses', type: 'multiOptions', default: [] },
      valueOf: ({ Status: status }) => status,
    },
  ],
};

/** @param open the shop that the credential names */
export const hookedShopTrigger = (open: () => Shop): StoreTriggerDefinition<Shop> => ({
  displayName: 'Toy Trigger',
  name: 'toyTrigger',
  icon: 'file:toy.svg',
  words: { description: 'Starts', activated: 'On', pollOnly: 'Asks' },
  credential: 'toyApi',
  open: async () => open(),
  kinds: [orders],
  webhook,
});

const toyApi: ICredentialType = { name: 'toyApi', displayName: 'Toy', properties: [] };

/** The trigger in a workflow that was published. */
export function publishToy(
  trigger: INodeType,
  id: string,
  parameters: IDataObject = {},
  staticData: IDataObject = {},
  followedWith: INode['parameters'] = {},
  followedBy = 'syncLedger',
): RunningTrigger {
  const options = { trigger, credentialType: toyApi, credential: {}, id, followedWith, followedBy };
  return publish({ ...options, parameters: parameters as INode['parameters'] }, staticData);
}
