import { validationError } from '../../../errors';
import type { ColumnDefinition, ColumnType, TableDefinition } from './requirement';

/** The table of payments: Dynamics 365 Sales has none, so that its name and its columns are a matter of choice. */

interface ColumnWords {
  /** Without prefix. */
  name: string;
  label: string;
  description: string;
}

const of = (name: string, label: string, description: string): ColumnWords => ({
  name,
  label,
  description,
});

/** What a payment says, and what its column is called unless somebody chooses otherwise. */
export const PAYMENT_COLUMNS = {
  name: of('Name', 'Name', 'What the payment is called in lists'),
  amount: of('Amount', 'Amount', 'What was paid; less than nothing where it was paid back'),
  reference: of('ProviderReference', 'Provider Reference', 'Number of the payment at its provider'),
  provider: of('Provider', 'Provider', 'Who took the payment, or the way of paying'),
  lastFour: of('LastFourDigits', 'Last Four Digits', 'Last four digits of the card'),
  paidOn: of('PaidOn', 'Paid On', 'When the shop was paid'),
  status: of('PaymentStatus', 'Payment Status', 'How far the payment has come'),
  order: of('SalesOrder', 'Order', 'The order that was paid'),
  invoice: of('Invoice', 'Invoice', 'The invoice that was paid'),
} as const;

export type PaymentColumn = keyof typeof PAYMENT_COLUMNS;

export const PAYMENT_COLUMN_NAMES = Object.keys(PAYMENT_COLUMNS) as PaymentColumn[];

export const PAYMENT_TABLE = 'PaymentTransaction';

export const PAYMENT_STATUSES = [
  'Pending',
  'Authorized',
  'Paid',
  'Partly Refunded',
  'Refunded',
  'Voided',
  'Declined',
] as const;

export interface PaymentChoice {
  /** Schema name, with or without prefix. */
  table?: string;
  /** The same of columns. */
  columns?: Partial<Record<PaymentColumn, string>>;
}

const NAME = /^[A-Za-z]\w{0,40}$/;

/** A name with an underscore has a prefix of its own. */
export function schemaNameOf(prefix: string, name: string, field: string): string {
  const given = name.trim();
  if (!NAME.test(given)) {
    throw validationError(
      `${field} is "${given.slice(0, 60)}", which is no name for a table or column`,
      'Use letters and digits, beginning with a letter, such as PaymentTransaction; a prefix is put before it.',
    );
  }
  return given.includes('_') ? given : `${prefix}_${given}`;
}

function typeOf(column: PaymentColumn, prefix: string, table: string): ColumnType {
  const lookup = (target: string): ColumnType => ({
    type: 'lookup',
    target,
    relationship: `${prefix}_${target}_${table}`,
  });
  switch (column) {
    case 'amount':
      return { type: 'amount' };
    case 'lastFour':
      return { type: 'text', maxLength: 4 };
    case 'paidOn':
      return { type: 'dateTime' };
    case 'status':
      return { type: 'choice', options: PAYMENT_STATUSES };
    case 'order':
      return lookup('salesorder');
    case 'invoice':
      return lookup('invoice');
    case 'name':
    case 'provider':
    case 'reference':
      return { type: 'text', maxLength: 200 };
  }
}

/** The table with the columns that it has beside its name. */
export function paymentTable(
  prefix: string,
  { table = PAYMENT_TABLE, columns = {} }: PaymentChoice,
): { table: TableDefinition; columns: ColumnDefinition[] } {
  const schemaName = schemaNameOf(prefix, table, 'Payment Table');
  const define = (column: PaymentColumn): ColumnDefinition => {
    const { name, label, description } = PAYMENT_COLUMNS[column];
    return {
      schemaName: schemaNameOf(prefix, columns[column] ?? name, `Column for ${label}`),
      label,
      description,
      ...typeOf(column, prefix, schemaName.toLowerCase()),
    };
  };
  const name = { ...define('name'), type: 'text', maxLength: 200 } as const;
  return {
    table: {
      schemaName,
      label: 'Payment Transaction',
      pluralLabel: 'Payment Transactions',
      description: 'Payments and refunds of orders that were placed in a shop',
      name,
    },
    columns: PAYMENT_COLUMN_NAMES.filter((column) => column !== 'name').map(define),
  };
}
