export { documentType } from './document';
export type { DocumentType, Settings, TellField } from './document';
export type { DocumentField } from './fields';
export { keyPath } from './keys';
export { FIELD_OVERRIDES, listName, rowName, rowsFor } from './rows';
