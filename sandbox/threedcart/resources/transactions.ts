import { ApiError } from '../api/errors';
import type { Call } from '../api/routes';
import { readLike, write, type Row } from '../api/shape';
import { TRANSACTION, TRANSACTION_LENGTHS, type Order, type Transaction } from '../model';
import { transactionOf } from '../orders/payments';

function sentOf(given: Row): Partial<Transaction> {
  const values = readLike(TRANSACTION, given, TRANSACTION_LENGTHS);
  const { TransactionIndexID, OrderID, ...sent } = values;
  return sent;
}

/** A transaction that comes by the API, alone or with a new order. */
export function addTransaction(call: Call, order: Order, given: Row): Transaction {
  const sent = sentOf(given);
  if (!sent.TransactionType) throw new ApiError(400, 'The field TransactionType is required.');
  const transaction = transactionOf(call.store, order, {
    TransactionApproval: '',
    TransactionGatewayID: 0,
    ...sent,
    TransactionDateTime: sent.TransactionDateTime || call.time,
  });
  order.TransactionList.push(transaction);
  return transaction;
}

export const writeTransaction = (transaction: Transaction, given: Row): void =>
  write(transaction, sentOf(given));
