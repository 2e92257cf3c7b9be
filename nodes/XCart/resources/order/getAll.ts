import type { INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../../core/errors';
import { firstRows } from '../../../../core/stores/kit/pages';
import type { OrderQuery } from '../../../../core/stores/xcart/client';
import type { Order } from '../../../../core/stores/xcart/wire';
import { limit, returnAll, simplify } from '../../../shared/fields';
import type { Operation } from '../../../shared/operation';
import type { ParameterReader } from '../../../shared/parameters';
import { eachItem } from '../../../shared/steps';
import { openStore } from '../../connection';
import { readLimit } from '../records/getAll';
import { readSort, sortField } from '../sort';
import { addSource, withSource } from './source';

const filters: INodeProperties = {
  displayName: 'Filters',
  name: 'filters',
  type: 'collection',
  placeholder: 'Add Filter',
  default: {},
  options: [
    {
      displayName: 'Changed After',
      name: 'changedAfter',
      type: 'dateTime',
      default: '',
      description: 'Needs X-Cart Version 5.5.1 or Newer in the credential',
    },
    {
      displayName: 'Email Contains',
      name: 'emailContains',
      type: 'string',
      default: '',
      placeholder: 'e.g. @example.com',
    },
    {
      displayName: 'Payment Status Names or IDs',
      name: 'paymentStatuses',
      type: 'multiOptions',
      typeOptions: { loadOptionsMethod: 'getPaymentStatuses' },
      default: [],
      description:
        'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
    },
    { displayName: 'Placed After', name: 'placedAfter', type: 'dateTime', default: '' },
    { displayName: 'Placed Before', name: 'placedBefore', type: 'dateTime', default: '' },
    {
      displayName: 'Shipping Status Names or IDs',
      name: 'shippingStatuses',
      type: 'multiOptions',
      typeOptions: { loadOptionsMethod: 'getShippingStatuses' },
      default: [],
      description:
        'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
    },
  ],
};

interface Filters {
  changedAfter?: string;
  placedAfter?: string;
  placedBefore?: string;
  emailContains?: string;
  paymentStatuses?: string[];
  shippingStatuses?: string[];
}

/** X-Cart ignores a date that it cannot read and answers with everything: so it is read here first. */
function moment(value: string | undefined, field: string): Date | undefined {
  if (!value) return undefined;
  const date = new Date(value);
  if (!Number.isNaN(date.getTime())) return date;
  throw validationError(`${field} is not a date`, 'Write it such as 2026-01-31T00:00:00Z.');
}

function queryOf(read: ParameterReader, index: number, knowsChanged: boolean): OrderQuery {
  const given = read<Filters>('filters', index, {});
  if (given.changedAfter && !knowsChanged) {
    throw validationError(
      'X-Cart 5.5.0 has no filter Changed After',
      'Remove the filter, or set X-Cart Version in the X-Cart API credential if the store is newer.',
    );
  }
  return {
    changedAfter: moment(given.changedAfter, 'Changed After'),
    placedAfter: moment(given.placedAfter, 'Placed After'),
    placedBefore: moment(given.placedBefore, 'Placed Before'),
    email: given.emailContains,
    paymentStatus: given.paymentStatuses,
    shippingStatus: given.shippingStatuses,
    sort: readSort(read, index, 'date'),
  };
}

/** Statuses as their codes: what a person, a rule or an AI tool looks at first. */
function simplified(order: Order): object {
  return {
    id: order.id,
    order_number: order.order_number,
    create_date: order.create_date,
    update_date: order.update_date,
    customer_id: order.customer_id,
    email: order.email,
    total: order.total,
    currency: order.currency,
    payment_status: order.payment_status?.code,
    shipping_status: order.shipping_status?.code,
  };
}

export const getAll: Operation = {
  name: 'Get Many',
  value: 'getAll',
  action: 'Get many orders',
  description: 'Get a list of orders',
  properties: [
    returnAll,
    limit,
    simplify,
    { ...addSource, displayOptions: { show: { simplify: [false] } } },
    filters,
    sortField([
      { name: 'Order Date', value: 'date' },
      { name: 'Last Change', value: 'lastRenewDate' },
    ]),
  ],
  start: eachItem(openStore, async (store, { read, index }) => {
    const query = queryOf(read, index, store.modifiedSinceFilter);
    const { orders } = store.client;
    const readAt = Date.now();
    const rows = await firstRows((page) => orders.pages(query, page), readLimit(read, index));
    if (read<boolean>('simplify', index)) return rows.map(simplified);
    if (!read<boolean>('addSource', index, true)) return rows;
    return rows.map((order) => withSource(store, order, readAt));
  }),
};
