import { TRACKING_COLUMNS, trackingColumn } from '../../dynamics/dataverse/documents';
import type { MappingSpec } from '../../mapping/spec';
import { moment, ornament, text } from '../parts';
import {
  CHANGED,
  FULFILLED_ON,
  INVOICED_WHEN_SENT,
  ORDER_STANDING,
  rowOf,
  SHIPPED_ON,
} from './standing';

const FROM = 'dataverse.salesorderRow';
const { carrier, numbers } = TRACKING_COLUMNS;
const column = ({ name }: { name: string }): string => trackingColumn('new', name);

export const SALES_ORDER_STATUS: MappingSpec = {
  from: FROM,
  to: 'commerce.orderStatus',
  fields: [...rowOf('salesorderid'), text('number', 'ordernumber'), ...ORDER_STANDING, CHANGED],
};

/**
 * The order as one shipment. Of what was sent in part it does not say "shipped": that is a status of the whole order where
 * it is told to a shop.
 */
export const SALES_ORDER_SHIPMENT: MappingSpec = {
  from: FROM,
  to: 'commerce.shipment',
  fields: [
    ...rowOf('salesorderid'),
    text('id', 'salesorderid'),
    {
      to: 'status',
      from: 'statuscode',
      transforms: [{ type: 'lookup', table: { 100001: 'shipped' }, otherwise: 'empty' }],
    },
    { to: 'status', value: 'shipped', when: INVOICED_WHEN_SENT },
    ornament('method', column(carrier)),
    {
      ...text('trackingNumbers', column(numbers)),
      note: 'Several numbers in one text become a list',
    },
    // Kept as a day alone, which as a moment would be the day before in America.
    { to: 'shippedAt', from: FULFILLED_ON, transforms: ['date'], otherwise: 'omit' },
    { ...moment('shippedAt', SHIPPED_ON), when: { path: SHIPPED_ON, is: 'exists' } },
  ],
};
