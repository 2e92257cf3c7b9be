import { z } from 'zod';

import { ServiceError, validationError } from '../../errors';
import { encodeId } from '../../http/url';
import type { HookRegistry, RegisteredHook } from '../../webhooks/hooks';
import {
  type DeliveryDescription,
  type IncomingDelivery,
  type Proof,
  readHints,
  type Hint,
} from '../../webhooks/webhook';
import { CREDENTIAL_NAME } from './api';
import type { Clarity } from './client';
import { resourceOf } from './profile/kinds';
import { readPath, writePath } from './profile/paths';
import type { Profile, WebhookProfile } from './profile/schema';

function webhooksOf({ name, webhooks }: Profile): WebhookProfile {
  if (webhooks) return webhooks;
  throw validationError(
    `The API profile "${name}" has no webhooks`,
    `Choose Poll Only, or add webhooks to API Profile in the credential ${CREDENTIAL_NAME}.`,
  );
}

/** Whether only the body says when: what stands in a header is not signed. */
const isTimedByBody = ({ signature, time }: WebhookProfile): boolean =>
  Boolean(time) && signature.signs === 'body';

/**
 * What shows that a delivery comes from the store, and now. Where the signature covers the body alone, the header with the
 * time can be written anew by whoever sends an old delivery again, so that the body has to say the time too.
 */
export function webhookProofs(profile: Profile): Proof[] {
  const webhooks = webhooksOf(profile);
  const { signature, time, delivery } = webhooks;
  const { header: name, algorithm, encoding, prefix, signs } = signature;
  const proofs: Proof[] = [
    {
      by: 'signature',
      in: 'header',
      name,
      algorithm,
      encoding,
      ...(prefix && { prefix }),
      ...(signs === 'time.body' && time && { signedBefore: time.header }),
    },
  ];
  if (time) {
    const toleranceMs = time.toleranceSeconds * 1000;
    proofs.push({ by: 'time', in: 'header', name: time.header, toleranceMs });
    if (isTimedByBody(webhooks)) {
      const seconds = time.occurredWithinSeconds ?? time.toleranceSeconds;
      const read = (body: unknown): unknown => readPath(body, delivery.occurredAt);
      proofs.push({ by: 'time', in: 'body', read, toleranceMs: seconds * 1000 });
    }
  }
  return proofs;
}

/** The pack's name of an event of the service; an event that no profile names keeps its own. */
function packEvent({ events }: WebhookProfile, event: string): string {
  return Object.entries(events).find(([, theirs]) => theirs === event)?.[0] ?? event;
}

/** Ids may be texts; what could lead to another address than that of a record is none. */
const ID = /^\w[\w.:~-]{0,199}$/;

const idText = z.union([z.string().regex(ID), z.number().int().min(1).safe().transform(String)]);

const delivered = z.object({ event: z.string().min(1), id: idText });

/** Of a delivery that could not be told from an old one otherwise. */
const timed = delivered.extend({ occurredAt: z.union([z.string(), z.number()]) });

/** Deliveries of the service, in the shape that its profile names. */
function deliveries(profile: Profile): DeliveryDescription<z.infer<typeof delivered>> {
  const webhooks = webhooksOf(profile);
  const { delivery } = webhooks;
  const read = (body: unknown): unknown => {
    const said = readPath(body, delivery.event);
    const event = typeof said === 'string' ? packEvent(webhooks, said) : said;
    const kind = typeof event === 'string' ? (event.split('.')[0] ?? '') : '';
    const resource = profile.resources[resourceOf(kind)];
    const record = readPath(body, delivery.record);
    const id = readPath(record, resource?.id) ?? readPath(record, 'id');
    return { event, id, occurredAt: readPath(body, delivery.occurredAt) };
  };
  const isTimed = isTimedByBody(webhooks);
  const says = [delivery.event, ...(isTimed ? [delivery.occurredAt] : [])].join(', ');
  return {
    document: z.preprocess(read, isTimed ? timed : delivered),
    hintOf: ({ event, id }) => ({ event, id }),
    expected: `The store has to send a body with ${says} and, in ${delivery.record}, the record with its id, as API Profile of the credential ${CREDENTIAL_NAME} says.`,
  };
}

/** What a delivery hints at, in the pack's names of events. */
export function hintsIn(profile: Profile, delivery: IncomingDelivery): Hint[] {
  return readHints(delivery, deliveries(profile));
}

/** What stays the same when a delivery is sent again. */
export function deliveryId(profile: Profile, { rawBody }: IncomingDelivery): string | undefined {
  try {
    const body: unknown = JSON.parse(rawBody.toString('utf8'));
    const id = idText.safeParse(readPath(body, webhooksOf(profile).delivery.id));
    return id.success ? id.data : undefined;
  } catch {
    return undefined;
  }
}

/** The webhooks that the service has, by its own API. */
export function hookRegistry(client: Clarity): HookRegistry {
  const webhooks = webhooksOf(client.profile);
  const { list, create, remove, fields } = webhooks;
  const textAt = (record: unknown, path: string): string => {
    const value = readPath(record, path);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const hookOf = (record: unknown): RegisteredHook => ({
    id: textAt(record, fields.id),
    event: packEvent(webhooks, textAt(record, fields.event)),
    url: textAt(record, fields.url),
    isEnabled: readPath(record, fields.isEnabled) !== false,
  });

  async function all(): Promise<RegisteredHook[]> {
    const hooks: RegisteredHook[] = [];
    for await (const page of client.list(list, { rows: list.rows })) {
      hooks.push(...page.map(hookOf));
    }
    return hooks.filter(({ id }) => id !== '');
  }

  return {
    list: all,
    offers: (event) => webhooks.events[event] != null,
    create: async ({ event, url, secret }) => {
      const theirs = webhooks.events[event];
      if (theirs == null) {
        throw validationError(
          `The API profile "${client.profile.name}" names no event for ${event}`,
          `Choose Poll Only or other events, or add it to API Profile in the credential ${CREDENTIAL_NAME} under webhooks.events.`,
        );
      }
      const body = {};
      writePath(body, fields.event, theirs);
      writePath(body, fields.url, url);
      writePath(body, fields.secret, secret);
      // Whatever its method: nothing tells a second one from the first.
      const answer = await client.command(create, body, false);
      const id = textAt(readPath(answer, client.profile.envelope.record) ?? answer, fields.id);
      if (id !== '') return id;
      // A service that answers nothing shows it in its list.
      const made = (await all()).find((hook) => hook.event === event && hook.url === url);
      if (made) return made.id;
      throw new ServiceError(
        `The service does not say the id of the webhook for ${event} that it made`,
        {
          class: 'unknown',
          fix: `Name under webhooks.fields.id in API Profile of the credential ${CREDENTIAL_NAME} where it stands, and remove the webhook in the store by hand.`,
        },
      );
    },
    delete: async (id) => {
      const { method, path, query } = remove;
      await client.command(
        { method, query, path: path.replace('{id}', encodeId(id, 'The id of a webhook')) },
        undefined,
        true,
      );
    },
  };
}
