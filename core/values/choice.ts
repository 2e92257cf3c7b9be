import { isBlank } from './empty';
import { integerIn } from './integer';

/** One of the values that a field may have. */
export interface Choice {
  value: number;
  label: string;
}

function byLabel(label: string, choices: readonly Choice[]): number | undefined {
  const wanted = label.trim().toLowerCase();
  return choices.find((choice) => choice.label.trim().toLowerCase() === wanted)?.value;
}

/**
 * The number of a choice, given by it or by the label that people see; undefined where there is no such choice. Without
 * choices every whole number is one.
 */
export function choiceIn(value: unknown, choices?: readonly Choice[]): number | undefined {
  const isPlain = typeof value !== 'string' || /^\s*-?\d+\s*$/.test(value);
  const number = isPlain ? integerIn(value) : undefined;
  if (!choices) return number;
  const known = choices.some((choice) => choice.value === number);
  if (known) return number;
  return typeof value === 'string' && !isBlank(value) ? byLabel(value, choices) : undefined;
}

/** What a list, or a text with commas, holds; a label that has a comma itself is one choice. */
export function choiceParts(value: unknown, choices?: readonly Choice[]): unknown[] {
  if (Array.isArray(value)) return value.filter((one) => !isBlank(one));
  if (typeof value !== 'string') return [value];
  if (choices && byLabel(value, choices) !== undefined) return [value];
  return value.split(',').filter((one) => !isBlank(one));
}
