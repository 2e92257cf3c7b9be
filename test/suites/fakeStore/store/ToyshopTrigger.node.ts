import type { FollowedKind } from '../../../../nodes/shared/trigger/definition';
import { storeTrigger } from '../../../../nodes/shared/trigger/storeTrigger';
import { type Store, toyshop } from './connection';
import { orderFeed, ORDERS, wareFeed, WARES } from './feed';
import type { Order, Ware } from './wire';

const orders: FollowedKind<Store, Order> = {
  type: ORDERS,
  feed: ({ client, zone }) => orderFeed(client, zone),
  get: async ({ client }, id) => await client.order(id),
};

const wares: FollowedKind<Store, Ware> = {
  type: WARES,
  feed: ({ client, zone }) => wareFeed(client, zone),
  get: async ({ client }, id) => await client.ware(id),
};

export class ToyshopTrigger extends storeTrigger<Store>({
  displayName: 'Toyshop Trigger',
  name: 'toyshopTrigger',
  icon: 'file:toyshop.svg',
  words: {
    description: 'Starts the workflow when an order or a ware is new or changed in a Toyshop',
    activated: 'What is new will be received at the poll times.',
    pollOnly: 'Asks the shop at the poll times',
  },
  credential: 'toyshopApi',
  open: toyshop.open,
  kinds: [orders, wares],
}) {}
