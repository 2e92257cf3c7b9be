import { validationError } from '../errors';
import { add, multiply, subtract } from './money';
import type { Order, OrderLine, Surcharge, Totals } from './order';
import { CHARGES } from './totals';

/** An order as a mapping or a person makes it: what can be worked out may be left out. */
export interface OrderDraft {
  currency: string;
  lines: (Omit<OrderLine, 'amount'> & { amount?: number | null })[];
  surcharges?: Surcharge[] | null;
  totals: Partial<Totals>;
}

/** The same with all its amounts. */
export interface Settled extends Pick<Order, 'currency' | 'lines' | 'booked'> {
  surcharges: Surcharge[];
  totals: Required<Omit<Totals, 'shippingTax'>> & Pick<Totals, 'shippingTax'>;
}

/** A row of Field Overrides that fills a field of the common order. */
function rowFor(field: string): string {
  return `Correct it at its source, or fill it with a row of Field Overrides whose target is "commerce.order:${field}".`;
}

function checkNumber(value: unknown, list: string, at: number | undefined, name: string): void {
  if (typeof value === 'number' && Number.isFinite(value)) return;
  const place = at === undefined ? list : `${list}[${at}]`;
  const row = at === undefined ? list : `${list}[*]`;
  const found = value === undefined || value === null ? 'is missing' : 'is not a number';
  throw validationError(
    `"${place}.${name}" of the common order ${found}`,
    rowFor(`${row}.${name}`),
  );
}

/** Throws a validation error where an amount is no number. */
export function fillIn(draft: OrderDraft): Settled {
  const { lines, totals } = draft;
  if (!Array.isArray(lines)) {
    throw validationError('"lines" of the common order is not a list', rowFor('lines'));
  }
  lines.forEach((line, at) => {
    checkNumber(line.unitPrice, 'lines', at, 'unitPrice');
    checkNumber(line.quantity, 'lines', at, 'quantity');
    line.amount ??= subtract(multiply(line.unitPrice, line.quantity), line.discount ?? 0);
    checkNumber(line.amount, 'lines', at, 'amount');
  });
  checkNumber(totals.total, 'totals', undefined, 'total');
  for (const name of [...CHARGES, 'includedTax'] as const) {
    totals[name] ??= 0;
    checkNumber(totals[name], 'totals', undefined, name);
  }
  totals.lines ??= add(0, ...lines.map(({ amount }) => amount ?? 0));
  checkNumber(totals.lines, 'totals', undefined, 'lines');
  draft.surcharges ??= [];
  return draft as Settled;
}
