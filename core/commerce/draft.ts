import { validationError } from '../errors';
import { minorScale } from './minor';
import { orderRows } from './labels';
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
  totals: Required<Omit<Totals, 'shippingTax' | 'tolerance'>> &
    Pick<Totals, 'shippingTax' | 'tolerance'>;
}

const AMOUNT = ['amount'] as const;
const LINE_NUMBERS = ['unitPrice', 'quantity'] as const;
const LINE_OPTIONS = ['discount', 'tax', 'includedTax'] as const;
const TOTALS = ['total', ...CHARGES, 'includedTax', 'lines'] as const;
const TOTAL_OPTIONS = ['shippingTax', 'tolerance'] as const;

type Numbers = Record<string, unknown>;

function refuse(list: string, at: number | undefined, name: string, problem: string): never {
  const [place, row] = at === undefined ? [list, list] : [`${list}[${at}]`, `${list}[*]`];
  const inside = name === '' ? '' : `.${name}`;
  throw validationError(
    `"${place}${inside}" of the common order ${problem}`,
    `Add ${orderRows([`${row}${inside}`])}, with the field that holds it, a fixed value or a default.`,
  );
}

function problemOf(value: unknown, scale: number): string | undefined {
  if (value === undefined || value === null) return 'is missing';
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'is not a number';
  const isExact = Math.abs(value) * scale <= Number.MAX_SAFE_INTEGER;
  return isExact ? undefined : 'has more digits than can be calculated with exactly';
}

/** The numbers of an order, with where they stand for messages. */
class Reader {
  private readonly scale: number;

  constructor(currency: string) {
    this.scale = minorScale(currency);
  }

  needed(part: object, list: string, at: number | undefined, names: readonly string[]): void {
    for (const name of names) {
      const problem = problemOf((part as Numbers)[name], this.scale);
      if (problem !== undefined) refuse(list, at, name, problem);
    }
  }

  /** Null says as much as nothing. */
  optional(part: object, list: string, at: number | undefined, names: readonly string[]): void {
    for (const name of names) {
      const value = (part as Numbers)[name];
      if (value === null) Reflect.deleteProperty(part, name);
      else if (value !== undefined) this.needed(part, list, at, [name]);
    }
  }

  line(line: OrderDraft['lines'][number], at: number): void {
    if (line === null || typeof line !== 'object') {
      refuse('lines', undefined, '', `has nothing at place ${at + 1}`);
    }
    this.needed(line, 'lines', at, LINE_NUMBERS);
    this.optional(line, 'lines', at, LINE_OPTIONS);
    line.amount ??= subtract(multiply(line.unitPrice, line.quantity), line.discount ?? 0);
    this.needed(line, 'lines', at, AMOUNT);
  }
}

/** Throws a validation error where an amount is no number, with the row that lets the order through. */
export function fillIn(draft: OrderDraft): Settled {
  draft.totals ??= {};
  draft.surcharges ??= [];
  const { lines, totals, surcharges } = draft;
  const read = new Reader(draft.currency);
  if (!Array.isArray(lines)) refuse('lines', undefined, '', 'is not a list');
  if (!Array.isArray(surcharges)) refuse('surcharges', undefined, '', 'is not a list');
  lines.forEach((line, at) => read.line(line, at));
  surcharges.forEach((one: Surcharge | null, at) => {
    if (one === null || typeof one !== 'object') {
      refuse('surcharges', undefined, '', `has nothing at place ${at + 1}`);
    }
    read.needed(one, 'surcharges', at, AMOUNT);
  });
  for (const name of [...CHARGES, 'includedTax'] as const) totals[name] ??= 0;
  totals.lines ??= add(0, ...lines.map(({ amount }) => amount ?? 0));
  read.needed(totals, 'totals', undefined, TOTALS);
  read.optional(totals, 'totals', undefined, TOTAL_OPTIONS);
  return draft as Settled;
}
