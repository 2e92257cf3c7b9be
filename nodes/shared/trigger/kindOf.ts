import type { INodeProperties } from 'n8n-workflow';

import type { AnyFeed } from '../../../core/feeds/feed';
import type { RecordIdentity } from '../../../core/feeds/records';
import type { FollowedKind, TriggerFilter } from './definition';
import { titled } from './words';

/** What every store's client has of records of a kind. */
interface Records<T> {
  get(id: string): Promise<T>;
}

/** A kind of records that are followed as the store's client gives them, without a choice. */
export const kindOf = <Client, T extends object>(
  type: RecordIdentity<T>,
  feed: (client: Client) => AnyFeed<T>,
  recordsOf: (client: Client) => Records<T>,
): FollowedKind<{ client: Client }, T> => ({
  type,
  feed: ({ client }) => feed(client),
  get: async ({ client }, id) => await recordsOf(client).get(id),
});

interface StatusWords {
  /** Which status of an order, where it has several: `payment status`. Default `status`. */
  word?: string;
  /** What comes where none is chosen. Default `all`. */
  none?: string;
}

/**
 * The choice of statuses of orders, those of the store.
 *
 * @param name of the parameter
 * @param loadOptionsMethod gives the store's statuses
 * @param valueOf the status of an order, as the parameter has it
 */
export function statusFilter<Order>(
  name: string,
  loadOptionsMethod: string,
  valueOf: TriggerFilter<Order>['valueOf'],
  { word = 'status', none = 'all' }: StatusWords = {},
): TriggerFilter<Order> {
  const property: INodeProperties = {
    displayName: `${titled(word)} Names or IDs`,
    name,
    type: 'multiOptions',
    typeOptions: { loadOptionsMethod },
    default: [],
    description: `Only orders with one of these ${word}es; all others, later cancels and refunds among them, are never seen. None: ${none}. To hold or cancel orders by status, leave it empty and use Commerce Map: Route by State. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`,
  };
  return { property, valueOf };
}
