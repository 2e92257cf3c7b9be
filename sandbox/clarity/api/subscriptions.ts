import { z } from 'zod';
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
): Record<string, unknown> => ({ [store.switches.webhookIdField]: id, event, url, createdDate });

/** Registers a webhook. The same event and address can be registered again, and is then told twice. */
export function subscribe(parts: Parts, deployment: Deployment, body: unknown): object {
  const result = subscription.safeParse(body);
  if (!result.success) {
    throw invalid(
      result.error.issues.map(({ path, message }) => ({
        pointer: ['#', ...path].join('/'),
        detail: message,
      })),
    );
  }
  const { event, url, secret } = result.data;
  const createdDate = parts.context.now().toISOString();
  return showHook(parts.hooks.add({ event, url, secret, createdDate, deployment }), parts);
}

export function hookOf({ hooks }: Parts, id: string): Hook {
  const hook = hooks.get(id);
  if (hook === undefined) throw notFound('webhook', id);
  return hook;
}
