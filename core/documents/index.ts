export { documentType } from './document';
export type { DocumentType } from './document';
export type { DocumentField } from './fields';
