import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { type StatusCodes, codesTo } from '../../../core/commerce/statuses';
import { latestRecords } from '../../../core/stores/kit/poll';
import { orderFeed } from '../../../core/stores/xcart/feed';
import { PAYMENT_CODES, SHIPPING_CODES } from '../../../core/stores/xcart/statuses';
import type { Order, Status } from '../../../core/stores/xcart/wire';
import { openStore } from '../connection';

const ORDERS_LOOKED_AT = 100;

/**
 * X-Cart has no list of statuses to ask for. So: those that every store has, and what the merchant added as far
 * as the last orders show it. Any other code can be given by an expression.
 */
async function statuses(
  context: ILoadOptionsFunctions,
  standard: StatusCodes<string>,
  statusOf: (order: Order) => Status | null | undefined,
): Promise<INodePropertyOptions[]> {
  const { client } = await openStore(context);
  const names = new Map(Object.entries(codesTo(standard, 'name')));
  for (const order of await latestRecords(orderFeed(client), ORDERS_LOOKED_AT)) {
    const status = statusOf(order);
    if (status) names.set(status.code, status.name ?? names.get(status.code) ?? status.code);
  }
  return [...names]
    .map(([value, name]) => ({ name: `${name} (${value})`, value }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

export async function getPaymentStatuses(
  this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
  return await statuses(this, PAYMENT_CODES, (order) => order.payment_status);
}

export async function getShippingStatuses(
  this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
  return await statuses(this, SHIPPING_CODES, (order) => order.shipping_status);
}
