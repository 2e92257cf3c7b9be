import type { IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

import { validationError } from '../../core/errors';
import { WEBHOOK_HEADERS, type WebhookHeaderNames } from '../../core/stores/xcart/webhook';

export type ReceiveBy = 'both' | 'poll' | 'webhook';

/** The node's parameters, read once. */
export interface TriggerSettings {
  receiveBy: ReceiveBy;
  events: string[];
  paymentStatus: string[];
  shippingStatus: string[];
  /** As the user wrote it; empty: from now on. */
  startFrom: string;
  catchUpMs: number;
  overlapMs: number;
  maxOrders: number;
  headers: WebhookHeaderNames;
}

interface Options {
  catchUpHours?: number;
  overlapMinutes?: number;
  maxOrders?: number;
  plainHeader?: string;
  signatureHeader?: string;
  deliveryHeader?: string;
}

type Context = IPollFunctions | IWebhookFunctions | IHookFunctions;

export function readSettings(context: Context): TriggerSettings {
  const read = <T>(name: string, fallback: T): T => context.getNodeParameter(name, fallback) as T;
  const options = read<Options>('options', {});
  return {
    receiveBy: read<ReceiveBy>('receiveBy', 'both'),
    events: read<string[]>('events', []),
    paymentStatus: read<string[]>('paymentStatuses', []),
    shippingStatus: read<string[]>('shippingStatuses', []),
    startFrom: read<string>('startFrom', ''),
    catchUpMs: (options.catchUpHours ?? 24) * 3_600_000,
    overlapMs: (options.overlapMinutes ?? 5) * 60_000,
    maxOrders: Math.max(1, options.maxOrders ?? 1000),
    headers: {
      secret: options.plainHeader?.trim() || WEBHOOK_HEADERS.secret,
      signature: options.signatureHeader?.trim() || WEBHOOK_HEADERS.signature,
      delivery: options.deliveryHeader?.trim() || WEBHOOK_HEADERS.delivery,
    },
  };
}

export function startDate(startFrom: string): Date | undefined {
  if (startFrom === '') return undefined;
  const date = new Date(startFrom);
  if (!Number.isNaN(date.getTime())) return date;
  throw validationError(
    `Start From is not a date: "${startFrom}"`,
    'Choose a date, such as 2026-01-31T00:00:00Z, or leave it empty to start from now.',
  );
}
