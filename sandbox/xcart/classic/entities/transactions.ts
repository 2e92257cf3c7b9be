import type { OrderRecord, TransactionDataView, TransactionView } from '../../model';
import { defineEntity, unix } from '../entity';

export const transactionFields = (transaction: TransactionView): object => ({
  transaction_id: transaction.id,
  date: unix(transaction.date),
  publicTxnId: transaction.public_txn_id,
  method_name: transaction.name,
  method_local_name: transaction.local_name,
  status: transaction.status,
  value: transaction.value,
  note: transaction.note,
  type: transaction.type,
  public_id: transaction.public_id,
});

const dataFields = ({ id, ...more }: TransactionDataView): object => ({ data_id: id, ...more });

interface Payment {
  order: OrderRecord;
  transaction: TransactionView;
}

/** Only here do the movements of money of one payment show: a record within another has no records within. */
export const transactionEntity = defineEntity<Payment>({
  all: ({ store }) =>
    [...store.orders.values()].flatMap((order) =>
      order.transactions.map((transaction) => ({ order, transaction })),
    ),
  idOf: ({ transaction }) => transaction.id,
  fields: ({ transaction }) => transactionFields(transaction),
  relations: ({ order, transaction }) => ({
    order: { order_id: order.view.id, orderNumber: order.view.order_number },
    payment_method: { method_id: transaction.method_id, service_name: transaction.name },
    data: transaction.data.map(dataFields),
    backend_transactions: transaction.backend_transactions.map(
      ({ id, date, status, value, type }) => ({ id, date: unix(date), status, value, type }),
    ),
    currency: { code: transaction.currency },
  }),
});
