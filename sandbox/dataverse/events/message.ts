import type { WebhookMessage } from '../../kit/webhooks';
import type { Engine } from '../engine';
import { executionContext, type StepEvent } from './context';
import { messageOf } from './steps';

/** Largest payload that is sent whole, in bytes. Source: Dataverse docs, use-webhooks. */
const MAX_BYTES = 256 * 1024;

/** What is taken out of a larger one. */
const LARGE_MEMBERS: ReadonlySet<string> = new Set([
  'ParentContext',
  'InputParameters',
  'PreEntityImages',
  'PostEntityImages',
]);

/** The serializer of .NET escapes every slash. */
const written = (value: object): string => JSON.stringify(value).replaceAll('/', '\\/');

const without = (context: object): object =>
  Object.fromEntries(Object.entries(context).filter(([name]) => !LARGE_MEMBERS.has(name)));

/** Body and headers of a delivery, but for those that the endpoint knows its caller by. */
export function messageFor(engine: Engine, event: StepEvent): WebhookMessage {
  const { change, execution } = event;
  const context = executionContext(engine, event);
  const whole = written(context);
  const tooLarge = Buffer.byteLength(whole) > MAX_BYTES;
  return {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-ms-dynamics-organization': execution.host,
      'x-ms-dynamics-entity-name': change.table.name,
      'x-ms-dynamics-request-name': messageOf(change),
      'x-ms-correlation-request-id': execution.correlationId,
      ...(tooLarge ? { 'x-ms-dynamics-msg-size-exceeded': 'true' } : {}),
    },
    body: tooLarge ? written(without(context)) : whole,
  };
}
