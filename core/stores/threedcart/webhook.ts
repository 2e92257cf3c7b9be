import { get, minBy, once } from 'lodash';
import { z } from 'zod';

import { ServiceError } from '../../errors';
import type { HookRegistry, RegisteredHook, WantedHook } from '../../webhooks/hooks';
import { countedId } from '../kit/ids';
import { type DeliveryDescription, derivedSecret, type Proof } from '../../webhooks/webhook';
import type { ThreeDCart } from './client';
import type { WebhookEvent } from './wire';

/**
 * What 3dcart sends: the record itself, as its API gives it, or a list of such, as JSON or XML. It names no event, signs
 * nothing and has no id of its own: each event has an address of its own, which holds its name and a secret of
 * its own.
 */
const SECRET = 'key';
const EVENT = 'event';

export const PROOFS: readonly Proof[] = [{ by: 'secret', in: 'query', name: SECRET, of: EVENT }];

/** The address that 3dcart is to send an event to. */
export function hookUrl({ url, secret, event }: WantedHook): string {
  const address = new URL(url);
  address.searchParams.set(SECRET, derivedSecret(secret, event));
  address.searchParams.set(EVENT, event);
  return address.href;
}

const id = countedId();

/** An order names its customer, too, and so may a customer's record its last order: the first of these decides. */
const deliverySchema = z
  .object({ OrderID: z.unknown(), SKUInfo: z.unknown(), CustomerID: z.unknown() })
  .transform(({ OrderID, SKUInfo, CustomerID }, context) => {
    const [kind, value, path]: [string, unknown, string] =
      OrderID !== undefined
        ? ['order', OrderID, 'OrderID']
        : SKUInfo !== undefined
          ? ['product', get(SKUInfo, 'CatalogID'), 'SKUInfo.CatalogID']
          : ['customer', CustomerID, 'OrderID'];
    const read = id.safeParse(value);
    if (read.success) return { kind, id: String(read.data) };
    context.addIssue({ code: 'custom', path: [path], message: 'is no id' });
    return z.NEVER;
  });

export const DELIVERIES: DeliveryDescription<{ kind: string; id: string }> = {
  document: deliverySchema,
  mayBeList: true,
  mayBeXml: true,
  hintOf: ({ kind, id: record }, { query }) => {
    const event = query?.[EVENT];
    const isNamed = typeof event === 'string' && event.startsWith(`${kind}.`);
    return { event: isNamed ? event : `${kind}.changed`, id: record };
  },
  expected:
    '3dcart has to send the record itself, as JSON or XML, such as [{"OrderID":23765,"OrderStatusID":1}].',
};

const RECORDS = ['order', 'product', 'customer'];

/** Words in the names of events, the likeliest first. What 3dcart calls its events is nowhere documented. */
const DEEDS: Readonly<Record<string, readonly string[]>> = {
  created: [
    ...['new', 'created', 'create', 'placed', 'added', 'add', 'inserted'],
    ...['registered', 'registration', 'received', 'submitted'],
  ],
  changed: ['updated', 'update', 'edited', 'edit', 'modified', 'changed', 'change', 'status'],
  status: ['status'],
};

const CHANGED = 'order.changed';

/** Whether a new status is an update as well is nowhere documented; that there is an event for it alone, an app in use shows. */
export const STATUS_CHANGED = 'order.status';

/** `OrderStatus_Changed` → order, status, changed; each as one of them. */
function wordsOf(name: string): string[] {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return (
    words.match(/[a-z]+/g)?.map((word) => word.replace(/(?<=order|product|customer)s$/, '')) ?? []
  );
}

/** How well a name fits an event, the lower the better; undefined: not at all. */
function fitOf({ EventName: name }: WebhookEvent, event: string): number | undefined {
  const [record = '', deed = ''] = event.split('.');
  const words = wordsOf(name ?? '');
  const records = RECORDS.filter((each) => words.includes(each));
  const at = (DEEDS[deed] ?? []).findIndex((word) => words.includes(word));
  if (at < 0 || records.join() !== record) return undefined;
  // Of the status alone an event tells less than of any change.
  return at + (words.includes('status') ? 100 : 0);
}

/** The number under which 3dcart tells of an event; undefined where none of its events is called so. */
function typeOf(events: readonly WebhookEvent[], event: string): number | undefined {
  const fits = events.flatMap((each) => {
    const fit = fitOf(each, event);
    return fit === undefined ? [] : [{ each, fit }];
  });
  return minBy(fits, ({ fit }) => fit)?.each.EventType;
}

/**
 * The number under which 3dcart tells of an event. Throws where none of its events is called so.
 *
 * @param event `order.created`, `product.changed`, …
 */
export function eventTypeOf(events: readonly WebhookEvent[], event: string): number {
  const type = typeOf(events, event);
  if (type !== undefined) return type;
  const names = events.map(({ EventName: name }) => `"${name ?? ''}"`).join(', ');
  throw new ServiceError(
    `3dcart has no event that is called like ${event}; it has ${names || 'none at all'}`,
    {
      class: 'configuration',
      fix: 'Choose under Receive By to poll, alone or beside the webhooks, or choose another event.',
    },
  );
}

const FORMAT = 'JSON';
/** 3dcart's own limit is 80 characters. */
const nameOf = (event: string): string => `n8n ${event}`;

/** The webhooks of a store. The event of one cannot be changed, so that each is looked for under its own. */
export function hookRegistry({ webhooks }: ThreeDCart, events: readonly string[]): HookRegistry {
  const known = once(async () => await webhooks.events());
  /** By number; what is not among the events of the trigger is nobody's. */
  const eventOf = async (eventType: number | null | undefined): Promise<string> => {
    const all = await known();
    const ours = events.find((event) => {
      const type = typeOf(all, event);
      return type !== undefined && type === eventType;
    });
    return ours ?? all.find(({ EventType }) => EventType === eventType)?.EventName ?? '';
  };
  return {
    addressHoldsSecret: true,
    offers: async (event) => typeOf(await known(), event) !== undefined,
    alsoToldBy: async (event) => {
      const all = await known();
      const status = event === CHANGED ? typeOf(all, STATUS_CHANGED) : undefined;
      return status === undefined || status === typeOf(all, CHANGED) ? [] : [STATUS_CHANGED];
    },
    list: async () => {
      const all: RegisteredHook[] = [];
      for (const { Id, Url, EventType, Enabled } of await webhooks.list()) {
        const isEnabled = Enabled ?? undefined;
        all.push({ id: String(Id), url: Url ?? '', event: await eventOf(EventType), isEnabled });
      }
      return all;
    },
    create: async ({ event, url }) => {
      const EventType = eventTypeOf(await known(), event);
      const hook = { Name: nameOf(event), Url: url, EventType, Enabled: true, Format: FORMAT };
      return String((await webhooks.create(hook)).Id);
    },
    update: async (id, { event, url }) => {
      await webhooks.update(id, { Name: nameOf(event), Url: url, Enabled: true, Format: FORMAT });
    },
    delete: webhooks.remove,
  };
}
