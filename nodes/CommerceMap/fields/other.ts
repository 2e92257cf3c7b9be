import type { INodeProperties } from 'n8n-workflow';

/** The entry of the field lists for a name that is not in them. */
export const OTHER = 'other';

/** The entry of a list of choices for a value that is not in it: `other` is a choice of many a field. */
export const OTHER_VALUE = '[other]';

/**
 * Of a row, fields that are always there; those without it are added by a person, from the list under the row, so that a
 * row is as short as what it says.
 */
export const ALWAYS = {
  showEvenWhenOptional: true,
} as const satisfies INodeProperties['typeOptions'];

/** Of a list of fields: a field dragged onto it is none of its entries, and no mistake. */
export const DRAGGED = { allowArbitraryValues: true } as const satisfies Partial<INodeProperties>;
