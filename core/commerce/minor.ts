import { validationError } from '../errors';
import { minorUnits } from './currencies';

/**
 * Amounts of one currency as whole minor units (cents), in plain numbers: what rounding and booking calculate with.
 */

const SCALES = [1, 10, 100, 1000, 10_000] as const;

/** How many minor units an amount of 1 has: 100 in USD, 1 in JPY, 1000 in KWD. */
export function minorScale(currency: string | undefined): number {
  return SCALES[minorUnits(currency)] ?? 100;
}

/** Whether an amount has no more decimals than its currency. */
export function isWhole(amount: number, scale: number): boolean {
  return Math.round(amount * scale) / scale === amount;
}

/** Of an amount that has no more decimals than its currency. */
export function toMinor(amount: number, scale: number): number {
  const units = Math.round(amount * scale);
  if (Number.isSafeInteger(units)) return units + 0;
  throw validationError(
    `the amount ${amount} has more digits than can be calculated with exactly`,
    'Correct the amount in the shop: no currency has orders of this size.',
  );
}

export function fromMinor(units: number, scale: number): number {
  return units / scale + 0;
}
