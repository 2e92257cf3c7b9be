/**
 * Most amounts have at most four decimals. As whole ten-thousandths they are added, multiplied and rounded
 * exactly by plain arithmetic, some ten times faster than as decimals of any length. What does not fit is
 * undefined here, and left to those.
 */
const DECIMALS = 4;
export const SCALE = 10 ** DECIMALS;

/** Below this a number of four decimals has no more than the 15 digits that a JSON number holds exactly. */
const LIMIT = 1e15;

/** The value in ten-thousandths. */
export function toUnits(value: unknown): number | undefined {
  if (typeof value !== 'number') return undefined;
  const units = Math.round(value * SCALE);
  // Adding 0 makes 0 of -0.
  return units / SCALE === value && Math.abs(units) < LIMIT ? units + 0 : undefined;
}

/** The JSON number that prints as this decimal. */
function fromUnits(units: number, scale = SCALE): number | undefined {
  return Number.isSafeInteger(units) ? units / scale + 0 : undefined;
}

/** The first value with the sign, and all others added to it (1) or taken off (-1). */
export function sumUnits(values: readonly unknown[], sign: 1 | -1 = 1): number | undefined {
  let sum = toUnits(values[0]) ?? Number.NaN;
  for (let at = 1; at < values.length && Number.isSafeInteger(sum); at += 1) {
    sum += sign * (toUnits(values[at]) ?? Number.NaN);
  }
  return fromUnits(sum);
}

export function multiplyUnits(a: unknown, b: unknown): number | undefined {
  const left = toUnits(a) ?? Number.NaN;
  return fromUnits(left * (toUnits(b) ?? Number.NaN), SCALE * SCALE);
}

export type UnitRounding = 'half-even' | 'half-up' | 'up' | 'down';

/** Whether what is cut off takes the last digit one further from zero. */
function goesUp(rest: number, step: number, whole: number, mode: UnitRounding): boolean {
  if (mode === 'up' || mode === 'down') return mode === 'up';
  if (rest * 2 !== step) return rest * 2 > step;
  return mode === 'half-up' || whole % 2 === 1;
}

export function roundUnits(
  value: unknown,
  decimals: number,
  mode: UnitRounding,
): number | undefined {
  const units = toUnits(value);
  if (units === undefined || !Number.isInteger(decimals) || decimals < 0) return undefined;
  if (decimals >= DECIMALS) return units / SCALE;
  const step = 10 ** (DECIMALS - decimals);
  const size = Math.abs(units);
  const rest = size % step;
  if (rest === 0) return units / SCALE;
  const whole = (size - rest) / step;
  const rounded = (whole + (goesUp(rest, step, whole, mode) ? 1 : 0)) * step;
  return fromUnits(units < 0 ? -rounded : rounded);
}
