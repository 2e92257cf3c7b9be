import type { ShopHook } from '../control/shop';
import type { SandboxContext } from '../kit';
import { Webhooks, type Delivery, type Notification, type WebhookMessage } from '../kit/webhooks';
import { ID_FIELDS, type Resource } from './model';
import type { Deployment } from './deployments/types';
import type { ClarityStore, EventName, ShopEvent } from './store';

/** What a delivery is about. */
export interface AboutDocument {
  resource: Resource;
  /** Id of the document. */
  id: string;
  occurredAt: string;
  /** The document as it was, in the names of the deployment through which the webhook was registered. */
  data: object;
  /** Name of that deployment. */
  deployment: string;
}

export type ClarityDelivery = Delivery<AboutDocument>;

/** A webhook as it was registered through the API. */
export interface Hook {
  id: string;
  event: EventName;
  url: string;
  secret: string;
  createdDate: string;
  deployment: Deployment;
}

/** The webhooks that are registered, and what they are sent: signed, and with the faults that are asked for. */
export class Hooks {
  readonly sender: Webhooks<AboutDocument>;
  private readonly registered = new Map<string, Hook>();
  /** By name: also those of webhooks that were removed while something was on its way. */
  private readonly spoken = new Map<string, Deployment>();

  constructor(
    private readonly store: ClarityStore,
    private readonly context: SandboxContext,
    /** In whose names the webhook of the control API is told. */
    private readonly standard: Deployment,
  ) {
    this.sender = new Webhooks(context.faults, (delivery, secret) =>
      this.message(delivery, secret),
    );
  }

  add(hook: Omit<Hook, 'id'>): Hook {
    const id = this.store.nextId('webhooks');
    const added = { id, ...hook };
    this.registered.set(id, added);
    this.spoken.set(hook.deployment.name, hook.deployment);
    return added;
  }

  get(id: string): Hook | undefined {
    return this.registered.get(id);
  }

  remove(id: string): void {
    this.registered.delete(id);
  }

  all(): Hook[] {
    return [...this.registered.values()];
  }

  /** Every receiver, that of the control API too. */
  listeners(): ShopHook[] {
    const { configured } = this.sender;
    const own = configured ? [{ event: '*', url: configured.url, secret: configured.secret }] : [];
    return [...own, ...this.all().map(({ event, url, secret }) => ({ event, url, secret }))];
  }

  reset(): void {
    this.registered.clear();
    this.sender.reset();
  }

  /** Tells everybody who listens; `deliveryId` makes it a repetition. */
  tell(
    events: readonly ShopEvent[],
    deliveryId?: (event: ShopEvent) => string | undefined,
  ): ClarityDelivery[] {
    const occurredAt = this.context.now().toISOString();
    const noteOf =
      (deployment: Deployment) =>
      (each: ShopEvent): Notification<AboutDocument> => {
        const { event, resource, document } = each;
        const id = String(document[ID_FIELDS[resource]]);
        const data = this.dataOf(each, deployment);
        const about = { resource, id, occurredAt, data, deployment: deployment.name };
        return { event, about, deliveryId: deliveryId?.(each) };
      };
    const own = this.sender.configured ? this.sender.send(events.map(noteOf(this.standard))) : [];
    const others = this.all().flatMap(({ event, url, secret, deployment }) => {
      const wanted = events.filter((each) => each.event === event);
      return this.sender.send(wanted.map(noteOf(deployment)), { url, secret });
    });
    return [...own, ...others];
  }

  private dataOf({ resource, document }: ShopEvent, deployment: Deployment): object {
    const { switches } = this.store;
    const idField = ID_FIELDS[resource];
    const shown =
      switches.webhookData === 'document'
        ? document
        : {
            [idField]: document[idField],
            externalId: document.externalId,
            modifiedDate: document.modifiedDate,
          };
    return deployment.show(resource, shown, switches);
  }

  /** In the words of the deployment through which the webhook was registered. */
  private message(told: ClarityDelivery, secret: string): WebhookMessage {
    const { telling } = this.spoken.get(told.deployment) ?? this.standard;
    const event = told.event as EventName;
    return telling.message({ ...told, event }, secret, this.context.now(), this.store.switches);
  }
}
