import type { TellField } from '../documents';
import type { OrderDraft, Settled } from './draft';
import { fillIn } from './draft';
import {
  add,
  formatAmount,
  multiply,
  roundMoney,
  roundToTotal,
  sameAmount,
  subtract,
} from './money';
import { isWhole, minorScale } from './minor';
import type { OrderLine } from './order';
import { tolerateDifference } from './tolerance';
import { CHARGES, chargeOf, computedTotal } from './totals';
import type { Charge } from './totals';

/**
 * Rounds what an order is made of to its currency, so that the parts add up to its total (`computedTotal`).
 *
 * A shop may keep four decimals on lines and on surcharges and round only their sum. So each part goes to one of its two
 * neighbours, those with the most to cut off to the upper one; whatever rounding gives the total is right. Example: lines of
 * 1.3333 and 1.3333, shipping of 2.005 and a total of 4.68 are 1.34 + 1.33 + 2.01; with a total of 4.67 they are 1.33 + 1.33
 * + 2.01. Where no rounding gives the total, each part is rounded by itself, and the check names the difference.
 */
export function settleAmounts(draft: OrderDraft, tell: TellField): Settled {
  const order = fillIn(draft);
  order.totals.total = roundMoney(order.totals.total, order.currency);
  countLineTaxes(order, tell);
  settleTotals(order);
  settleLines(order);
  tolerateDifference(order, tell);
  settleTaxes(order);
  return order;
}

/** A number that is rounded, and how it is written back. */
interface Part {
  value: number;
  write: (rounded: number) => void;
}

const SIGN: Record<Charge, 1 | -1> = {
  shipping: 1,
  handling: 1,
  fees: 1,
  tax: 1,
  discount: -1,
};

/** Some shops keep tax on their lines alone: it counts where the total says so. */
function countLineTaxes(order: Settled, tell: TellField): void {
  const { lines, totals, currency } = order;
  const missing = subtract(totals.total, computedTotal(order));
  if (sameAmount(missing, 0, currency)) return;
  const onLines = add(0, ...lines.map(({ tax }) => tax ?? 0));
  const isCounted = sameAmount(totals.tax, onLines, currency);
  if (isCounted || !sameAmount(missing, onLines, currency)) return;
  totals.tax = add(totals.tax, onLines);
  tell('totals.tax', `the lines' own tax of ${formatAmount(onLines, currency)} was added`);
}

function settleTotals(order: Settled): void {
  const { totals, surcharges, currency } = order;
  const scale = minorScale(currency);
  const isRounded =
    isWhole(totals.lines, scale) &&
    CHARGES.every((name) => isWhole(totals[name], scale)) &&
    surcharges.every(({ amount }) => isWhole(amount, scale));
  if (isRounded && computedTotal(order) === totals.total) return;
  const listed = CHARGES.map((name) => chargeParts(order, name));
  roundParts(totals.total, [...lineParts(order, scale), ...listed.flat()], currency);
  for (const surcharge of surcharges) surcharge.amount = roundMoney(surcharge.amount, currency);
}

function roundParts(total: number, parts: Part[], currency: string): void {
  const values = parts.map(({ value }) => value);
  const rounded = roundToTotal(total, values, currency);
  parts.forEach(({ write }, at) => write(rounded[at] ?? 0));
}

/** The lines, where their sum has been left as it came out; else the sub-total that the shop has rounded. */
function lineParts({ lines, totals }: Settled, scale: number): Part[] {
  const exact = totals.lines;
  const sum = add(0, ...lines.map(({ amount }) => amount));
  if (isWhole(exact, scale) || sum !== exact) {
    return [{ value: exact, write: (rounded) => (totals.lines = rounded) }];
  }
  totals.lines = 0;
  return lines.map((line) => ({
    value: line.amount,
    write: (rounded) => {
      line.amount = rounded;
      totals.lines = add(totals.lines, rounded);
    },
  }));
}

/** The surcharges of one kind, where the total of that kind is their sum; else that total itself. */
function chargeParts({ surcharges, totals }: Settled, name: Charge): Part[] {
  const own = surcharges.filter((one) => !one.included && chargeOf(one) === name);
  const sign = SIGN[name];
  const exact = sign * totals[name];
  if (own.length === 0 || add(0, ...own.map(({ amount }) => amount)) !== exact) {
    return [{ value: exact, write: (rounded) => (totals[name] = sign * rounded + 0) }];
  }
  totals[name] = 0;
  return own.map((surcharge) => ({
    value: surcharge.amount,
    write: (rounded) => {
      surcharge.amount = rounded;
      totals[name] = add(totals[name], sign * rounded);
    },
  }));
}

function settleLines({ lines, totals, currency }: Settled): void {
  const amounts = lines.map(({ amount }) => amount);
  const scale = minorScale(currency);
  if (!amounts.every((amount) => isWhole(amount, scale))) {
    const rounded = roundToTotal(totals.lines, amounts, currency);
    lines.forEach((line, at) => (line.amount = rounded[at] ?? 0));
  }
  for (const line of lines) line.discount ??= discountOf(line, currency);
}

function discountOf({ unitPrice, quantity, amount }: OrderLine, currency: string): number {
  return Math.max(0, subtract(roundMoney(multiply(unitPrice, quantity), currency), amount));
}

const LINE_TAXES = ['tax', 'includedTax'] as const;

/** What the lines state of the taxes of the order. Zeros alone state nothing, and are left out. */
function settleTaxes({ lines, totals, currency }: Settled): void {
  if (totals.includedTax === 0) {
    totals.includedTax = add(0, ...lines.map(({ includedTax }) => includedTax ?? 0));
  }
  totals.includedTax = roundMoney(totals.includedTax, currency);
  const silent = LINE_TAXES.filter((name) => lines.every((line) => (line[name] ?? 0) === 0));
  for (const name of LINE_TAXES.filter((one) => !silent.includes(one))) {
    const stating = lines.filter((line) => line[name] !== undefined);
    const stated = stating.map((line) => line[name] ?? 0);
    const rounded = roundToTotal(totals[name], stated, currency);
    stating.forEach((line, at) => (line[name] = rounded[at]));
  }
  lines.forEach((line, at) => (lines[at] = without(line, silent)));
}

/** A copy, because an object is slow to read once something was deleted from it. */
function without(line: OrderLine, names: readonly string[]): OrderLine {
  if (!names.some((name) => name in line)) return line;
  const copy: Record<string, unknown> = {};
  for (const key in line) if (!names.includes(key)) copy[key] = line[key as keyof OrderLine];
  return copy as OrderLine;
}
