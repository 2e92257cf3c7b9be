import { validationError } from '../../../core/errors';
import { isBlank, numberIn, textIn, Unreadable } from '../../../core/values';

/** What a person has set for an item, by the name of the parameter. */
export type Given = (name: string) => unknown;

/** Text without blanks around it; undefined where there is none. */
export function givenText(given: Given, name: string): string | undefined {
  const text = (textIn(given(name)) ?? '').trim();
  return text === '' ? undefined : text;
}

export function requiredText(given: Given, name: string, displayName: string): string {
  const text = givenText(given, name);
  if (text !== undefined) return text;
  throw validationError(
    `${displayName} is empty`,
    'Set it, such as by an expression that takes it from the item.',
  );
}

/** What nobody has entered is not 0: goods would be given away, or be gone. */
export function requiredNumber(
  given: Given,
  { name, displayName, fix }: { name: string; displayName: string; fix: string },
): number {
  const value = given(name);
  if (isBlank(value)) throw validationError(`${displayName} is empty`, fix);
  const number = numberIn(value);
  if (number !== undefined) return number;
  const { found } = new Unreadable('a number', value);
  throw validationError(
    `${displayName} takes a number, not ${found}`,
    'Set a number with a point before the decimals, such as 12.50.',
  );
}
