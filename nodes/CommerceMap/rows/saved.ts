import { OTHER } from '../fields';

/** A row of Field Overrides as the editor saves it; the fields of transforms stand beside under names of their own. */
export interface SavedRow {
  target?: string;
  otherTarget?: string;
  source?: 'path' | 'mapped' | 'value' | 'template' | 'formula' | 'expression' | 'remove';
  path?: string;
  otherPath?: string;
  combine?: string;
  value?: string;
  template?: string;
  formula?: string;
  expression?: string;
  transform?: string;
  transformOptions?: string | object;
  default?: string;
  onlyIf?: string;
  otherOnlyIf?: string;
  comparison?: string;
  comparedWith?: string;
  [option: string]: unknown;
}

/** A row with what messages call it. */
export interface ReadRow {
  /** As n8n has worked it out for the first item. */
  row: SavedRow;
  /** As it is saved, expressions included. */
  raw: SavedRow;
  /** `Field 2 ("salesorder.name")` */
  name: string;
  to: string;
  /** Whether the mapping is one of the user's own, which no preset has filled before. */
  isCustom: boolean;
}

/** What a list with the entry Other says. */
export function named(listed: unknown, other: unknown): string {
  const name = listed === OTHER ? other : listed;
  return typeof name === 'string' ? name.trim() : '';
}
