/** What an order of 3dcart consists of, one item for each piece. */
import { PAYMENTS, SHIPMENTS } from '../../../core/stores/threedcart/pieces';
import type { Operation } from '../../shared/operation';
import { getOrderPayments } from '../../shared/records/orders';
import { orderPieces } from '../../shared/records/pieces';
import { threeDCart } from '../connection';
import { orderLocator } from '../locators';

/** As transactions of 3dcart name their order. */
const OF_ORDER = {
  order: orderLocator,
  named: (orderId: string) => ({ OrderID: Number(orderId) }),
};

export const orderParts: Operation[] = [
  orderPieces(
    threeDCart,
    {
      name: 'Get Items',
      value: 'getItems',
      action: 'Get items of an order',
      description: 'Get the lines of an order, one item each',
    },
    { ...OF_ORDER, rows: async ({ client }, id) => await client.orders.items(id) },
  ),
  orderPieces(
    threeDCart,
    {
      name: 'Get Questions',
      value: 'getQuestions',
      action: 'Get questions of an order',
      description: 'Get what the customer was asked at the checkout, one item for each question',
    },
    { ...OF_ORDER, rows: async ({ client }, id) => await client.orders.questions(id) },
  ),
  orderPieces(
    threeDCart,
    {
      name: 'Get Shipments',
      value: 'getShipments',
      action: 'Get shipments of an order',
      description:
        'Get where an order is sent and its tracking numbers, one item for each shipment',
    },
    {
      ...OF_ORDER,
      one: 'shipment',
      source: SHIPMENTS,
      rows: async ({ client }, id) => await client.orders.shipments(id),
    },
  ),
  getOrderPayments(
    threeDCart,
    {
      ...OF_ORDER,
      source: PAYMENTS,
      rows: async ({ client }, id) => await client.orders.transactions(id),
    },
    'An amount below 0 was given back.',
  ),
];
