export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

/** No text that a service stores begins like this: it is no character of XML. */
const MARK = '\u0000number:';

/**
 * A number that is written with so many digits, as 5000000.0000: a number of JavaScript does not keep them. It is a
 * text until `jsonText` writes it.
 */
export const withDigits = (value: number, digits: number): string =>
  `${MARK}${value.toFixed(digits)}`;

const MARKED = /"\\u0000number:(-?\d+(?:\.\d+)?)"/g;

/** The value as JSON, numbers of `withDigits` with all their digits. */
export const jsonText = (value: JsonValue): string => {
  const text = JSON.stringify(value);
  return text.includes('\\u0000number:') ? text.replace(MARKED, '$1') : text;
};
