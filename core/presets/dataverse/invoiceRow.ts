import type { MappingSpec } from '../../mapping/spec';
import { currency, moment, money, needed, text } from '../parts';
import { CHANGED, INVOICE_STANDING, rowOf } from './standing';

const FROM = 'dataverse.invoiceRow';
const CURRENCY = 'transactioncurrencyid.isocurrencycode ?? @source.currency';

export const INVOICE_STATUS: MappingSpec = {
  from: FROM,
  to: 'commerce.orderStatus',
  fields: [...rowOf('invoiceid'), text('number', 'invoicenumber'), ...INVOICE_STANDING, CHANGED],
};

/**
 * An invoice that was paid in full, as a payment of its total. How much was paid of one that is paid in part, Dynamics does
 * not say, so that it is under way, and no shop records it.
 */
export const INVOICE_PAYMENT: MappingSpec = {
  from: FROM,
  to: 'commerce.payment',
  fields: [
    ...rowOf('invoiceid'),
    text('id', 'invoiceid'),
    { to: 'type', value: 'sale' },
    needed(money('amount', 'totalamount', CURRENCY)),
    {
      ...needed(currency(CURRENCY)),
      note: 'Read the invoice with Expand: transactioncurrencyid(isocurrencycode)',
    },
    { to: 'status', value: 'pending' },
    {
      to: 'status',
      value: 'succeeded',
      when: {
        and: [
          { path: 'statecode', is: 'equals', value: 2 },
          { not: { path: 'statuscode', is: 'equals', value: 100002 } },
        ],
      },
    },
    text('statusCode', 'statuscode'),
    text('reference', 'invoicenumber ?? invoiceid'),
    moment('date', 'modifiedon'),
  ],
};
