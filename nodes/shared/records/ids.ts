/** What the ids of a store look like: asked of what a person or an expression gives, before the store is. */
export interface IdShape {
  /** As a regular expression that the editor also knows. */
  pattern: string;
  /** Completes "An ID is …". */
  words: string;
  /** As a placeholder shows it. */
  example: string;
}

/** A store that counts its records; also from 0, as 3dcart counts the shipments of an order. */
export const countedIds: IdShape = {
  pattern: '^\\d+$',
  words: 'a whole number',
  example: 'e.g. 1042',
};

export const guidIds: IdShape = {
  pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
  words: 'a GUID',
  example: 'e.g. 7b1f9a06-52ab-4c1d-9a3e-0d5c6b7a8f90',
};

/** A store whose ids are texts, or of several kinds. */
export const textIds: IdShape = {
  pattern: '^\\S+$',
  words: 'a text without blanks',
  example: 'e.g. A-1042',
};

export function isId({ pattern }: IdShape, text: string): boolean {
  return new RegExp(pattern).test(text);
}
