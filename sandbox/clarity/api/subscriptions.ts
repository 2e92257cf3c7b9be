import { z } from 'zod';
import { pathShown, SAME_NAMES } from '../deployments/fields';
import { hookRead, hookShown, type Telling } from '../deployments/tellings';
import type { Deployment } from '../deployments/types';
import type { Hook } from '../hooks';
import { EVENTS } from '../store';
import type { Parts } from './parts';
import { invalid, notFound } from './refusals';

const subscription = z
  .object({ event: z.enum(EVENTS), url: z.string().url(), secret: z.string().min(1) })
  .passthrough();

/** A webhook as the API shows it: its secret stays inside. */
export const showHook = (
  { id, event, url, createdDate }: Hook,
  { store }: Parts,
  { telling }: Deployment,
): Record<string, unknown> =>
  hookShown(telling, {
    [store.switches.webhookIdField]: id,
    event: telling.eventName(event),
    url,
    createdDate,
  });

/** In the shop's own names, its event too. */
function given(telling: Telling, body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const read = hookRead(telling, body);
  return typeof read.event === 'string' ? { ...read, event: telling.eventOf(read.event) } : read;
}

/** Registers a webhook. The same event and address can be registered again, and is then told twice. */
export function subscribe(parts: Parts, deployment: Deployment, body: unknown): object {
  const { telling } = deployment;
  const result = subscription.safeParse(given(telling, body));
  if (!result.success) {
    throw invalid(
      result.error.issues.map(({ path, message }) => ({
        pointer: ['#', ...pathShown(path.map(String), telling.hook, SAME_NAMES)].join('/'),
        detail: message,
      })),
    );
  }
  const { event, url, secret } = result.data;
  const createdDate = parts.context.now().toISOString();
  const hook = parts.hooks.add({ event, url, secret, createdDate, deployment });
  return showHook(hook, parts, deployment);
}

export function hookOf({ hooks }: Parts, id: string): Hook {
  const hook = hooks.get(id);
  if (hook === undefined) throw notFound('webhook', id);
  return hook;
}
