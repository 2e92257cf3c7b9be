export { documentType } from './document';
export type { DocumentType, Settings, TellField } from './document';
export type { DocumentField } from './fields';
export { rowName, rowsFor } from './rows';
