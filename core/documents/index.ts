export { documentType } from './document';
export type { DocumentType, Settings } from './document';
export type { DocumentField } from './fields';
