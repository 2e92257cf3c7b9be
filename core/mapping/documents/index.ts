import { COMMERCE_DOCUMENTS } from './commerce';
import { DATAVERSE_DOCUMENTS } from './dataverse';
import type { DocumentType } from './types';
import { XCART_DOCUMENTS } from './xcart';

/** The documents that mappings are known to read and write; others ("custom") have no list of fields. */
export const DOCUMENTS: readonly DocumentType[] = [
  ...XCART_DOCUMENTS,
  ...COMMERCE_DOCUMENTS,
  ...DATAVERSE_DOCUMENTS,
];

export function findDocument(name: string): DocumentType | undefined {
  return DOCUMENTS.find((document) => document.name === name);
}

export { checkDocument } from './checks';
export type { DocumentField, DocumentType } from './types';
