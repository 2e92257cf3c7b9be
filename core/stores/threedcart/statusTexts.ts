import { ServiceError } from '../../errors';
import { isCancelled } from '../../http/wait';
import type { ThreeDCart } from './client';
import type { Order, Status } from './wire';

/** What the merchant calls each status, by its id as text. */
export type StatusTexts = ReadonlyMap<string, string>;

/** The merchant's own name of a status, else the one that every store has; undefined where it has neither. */
export const statusText = ({ StatusText, StatusDefinition }: Status): string | undefined =>
  StatusText?.trim() || StatusDefinition?.trim() || undefined;

/**
 * A store that refuses the list of its statuses, or sends what cannot be read, has the names that all have: its orders came,
 * and are not to wait for what a later attempt would not bring either.
 */
const hasNoList = (error: unknown): boolean =>
  error instanceof ServiceError && !error.retryable && !isCancelled(error);

/**
 * The names of all statuses of a store, in one request; none where it does not give them. Rejects where the store cannot be
 * asked for the moment, and where the run was stopped.
 */
export async function readStatusTexts({ statuses }: ThreeDCart): Promise<StatusTexts> {
  try {
    const named = (await statuses()).flatMap((status): Array<[string, string]> => {
      const text = statusText(status);
      return text === undefined ? [] : [[String(status.OrderStatusID), text]];
    });
    return new Map(named);
  } catch (error) {
    if (hasNoList(error)) return new Map();
    throw error;
  }
}

/** An order with the name of its status, which 3dcart itself writes into no order. */
export function withStatusText(order: Order, texts: StatusTexts): Order {
  const text = texts.get(String(order.OrderStatusID ?? ''));
  return text === undefined ? order : { ...order, OrderStatusText: text };
}
