import { z } from 'zod';

import { didYouMean } from '../../../mapping/suggest';
import { FOLLOWED, RESOURCE_OF } from './kinds';
import { fieldPath, headerName, request, shape } from './shapes';

/** The pack's name of an event, such as `order.created`. */
const packEvent = z.string().superRefine((event, context) => {
  const refuse = (message: string): void =>
    context.addIssue({ code: z.ZodIssueCode.custom, message });
  const [kind = ''] = event.split('.');
  if (!/^\w+\.\w+$/.test(event)) refuse('has to be named like order.created');
  else if (!Object.hasOwn(RESOURCE_OF, kind)) {
    const kinds = Object.keys(RESOURCE_OF);
    refuse(
      `is of no kind of record.${didYouMean(kind, kinds) || ` Those are ${kinds.join(', ')}.`}`,
    );
  } else if (FOLLOWED.some((each) => each === kind) && !/\.(created|changed)$/.test(event)) {
    refuse(
      `is no event that the pack knows: write ${kind}.created or ${kind}.changed on the left, and the name of the service on the right`,
    );
  }
});

const described = shape({
  list: request(['GET']).extend({ rows: fieldPath.nullish() }),
  create: request(['POST', 'PUT']),
  remove: request(['DELETE', 'POST'], '{id}'),
  /** Names of a registered webhook; `isEnabled` where the service can switch one off. */
  fields: shape({
    id: fieldPath,
    event: fieldPath,
    url: fieldPath,
    secret: fieldPath,
    isEnabled: fieldPath.nullish(),
  }),
  /** The pack's name of an event, and the service's; null: it does not tell of it. */
  events: z.record(packEvent, z.string().min(1).nullable()),
  delivery: shape({
    id: fieldPath,
    event: fieldPath,
    record: fieldPath,
    /** When it happened; needed where the signature covers the body alone and `time` is asked for. */
    occurredAt: fieldPath.nullish(),
  }),
  signature: shape({
    header: headerName,
    algorithm: z.enum(['sha1', 'sha256', 'sha512']),
    encoding: z.enum(['hex', 'base64']),
    prefix: z.string().nullish(),
    /** `time.body`: the value of the time header, a dot, the raw body. */
    signs: z.enum(['body', 'time.body']),
  }),
  time: shape({
    header: headerName,
    toleranceSeconds: z.number().positive(),
    /**
     * How long ago what a delivery tells may have happened, where the signature covers the body alone: more for a service
     * that tries again later what n8n could not take. Default: `toleranceSeconds`.
     */
    occurredWithinSeconds: z.number().positive().nullish(),
  }).nullish(),
});

type Described = z.infer<typeof described>;

/** A time that no signature covers can be written anew by whoever sends an old delivery again. */
function problemOf({
  delivery,
  signature,
  time,
}: Described): [path: string[], text: string] | undefined {
  if (time && time.header.toLowerCase() === signature.header.toLowerCase()) {
    return [
      ['time', 'header'],
      `is "${time.header}", as webhooks.signature.header is: a header has the signature or the time, so correct one of them`,
    ];
  }
  if (signature.signs === 'time.body') {
    if (time) return undefined;
    return [
      ['signature', 'signs'],
      'is "time.body", but there is no webhooks.time: name there the header that has the time, or write "body"',
    ];
  }
  if (!time || delivery.occurredAt) return undefined;
  return [
    ['delivery'],
    'has no occurredAt, and the signature covers the body alone: name where the body says when it happened, write "time.body" under webhooks.signature.signs if the service signs the time too, or set webhooks.time to null if nothing is to be checked of it',
  ];
}

export const webhooks = described.superRefine((value, context) => {
  const problem = problemOf(value);
  if (!problem) return;
  const [path, message] = problem;
  context.addIssue({ code: z.ZodIssueCode.custom, path, message });
});

export type WebhookProfile = z.infer<typeof webhooks>;
