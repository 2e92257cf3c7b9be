/**
 * Whether there is no value: undefined, null, or text of blanks alone. That is never 0, false or a day; whether it is
 * refused, left out or clears what stands there is for whoever asks to say.
 */
export function isBlank(value: unknown): boolean {
  if (typeof value !== 'string') return value === undefined || value === null;
  return value === '' || value.trim() === '';
}
