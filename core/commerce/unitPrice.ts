import { toDecimal } from './money';
import { SCALE as UNITS, toUnits } from './units';

/**
 * The price of one and the discount of a line that come to its amount in a system which rounds price × quantity to the
 * currency, takes no price with more decimals than that, and no discount below 0: the price is rounded up, and what it is
 * too much by is the discount. 3 × 19.33 − 0.01 are 57.98.
 *
 * Where price × quantity is half a unit, systems round in different ways; such a price goes one unit further.
 */

export interface LinePrice {
  /** Minor units. */
  unitPrice: number;
  /** Minor units, 0 or more. */
  discount: number;
}

/** What a line is to come to. */
export interface PricedLine {
  /** As the shop writes it, with any number of decimals. */
  unitPrice: number;
  quantity: number;
  /** Of the line as the shop writes it, in minor units. */
  amount: number;
  /** Of the line as it is to be written, without the tax that was taken out; in minor units. */
  booked: number;
}

interface Fraction {
  of: bigint;
  by: bigint;
}

function fraction(value: number): Fraction {
  const { s, c, e } = toDecimal(value);
  const digits = BigInt(c.join('')) * BigInt(s);
  const decimals = c.length - 1 - e;
  return decimals > 0
    ? { of: digits, by: 10n ** BigInt(decimals) }
    : { of: digits * 10n ** BigInt(-decimals), by: 1n };
}

/** Rounded down; `by` is above 0. */
function floor({ of, by }: Fraction): bigint {
  const quotient = of / by;
  return of % by < 0n ? quotient - 1n : quotient;
}

function ceiling({ of, by }: Fraction): bigint {
  return -floor({ of: -of, by });
}

function positive({ of, by }: Fraction): Fraction {
  return by < 0n ? { of: -of, by: -by } : { of, by };
}

function isHalf({ of, by }: Fraction): boolean {
  return (of * 2n) % by === 0n && of % by !== 0n;
}

/** The shop's price without the part of it that was taken out of the line. */
function wantedPrice({ unitPrice, amount, booked }: PricedLine, scale: number): Fraction {
  const { of, by } = fraction(unitPrice);
  const units = { of: of * BigInt(scale), by };
  if (amount === booked || amount === 0) return units;
  return positive({ of: units.of * BigInt(booked), by: by * BigInt(amount) });
}

/** The same in plain numbers, for whole pieces of a price with at most four decimals: what most lines are. */
function priceQuickly(line: PricedLine, scale: number): LinePrice | undefined {
  const { quantity, amount, booked } = line;
  const price = toUnits(line.unitPrice);
  if (price === undefined || !Number.isInteger(quantity) || quantity < 1) return undefined;
  const isWhole = amount === booked || amount === 0;
  const of = isWhole ? price : price * booked;
  const by = (isWhole ? 1 : amount) * (UNITS / scale);
  const unitPrice = Math.max(Math.ceil(of / by), Math.ceil(booked / quantity)) + 0;
  const base = unitPrice * quantity;
  const isExact =
    Number.isSafeInteger(of) && Number.isSafeInteger(by) && Number.isSafeInteger(base);
  return isExact ? { unitPrice, discount: base - booked } : undefined;
}

export function priceLine(line: PricedLine, scale: number): LinePrice {
  return priceQuickly(line, scale) ?? priceExactly(line, scale);
}

/** For any number of decimals and any quantity. */
export function priceExactly(line: PricedLine, scale: number): LinePrice {
  const wanted = wantedPrice(line, scale);
  const quantity = fraction(line.quantity);
  const booked = BigInt(line.booked);
  if (quantity.of === 0n) {
    return { unitPrice: Number(ceiling(wanted)), discount: Math.max(-line.booked, 0) };
  }
  const exact = positive({ of: booked * quantity.by, by: quantity.of });
  // With a quantity below 0 a lower price gives back less.
  const isUp = quantity.of > 0n;
  let unit = isUp
    ? larger(ceiling(wanted), ceiling(exact))
    : -larger(-floor(wanted), -floor(exact));
  const product = (): Fraction => ({ of: unit * quantity.of, by: quantity.by });
  if (isHalf(product())) unit += isUp ? 1n : -1n;
  const { of, by } = product();
  const base = floor({ of: of * 2n + by, by: by * 2n });
  return { unitPrice: Number(unit), discount: Number(base - booked) };
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
