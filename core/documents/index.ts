export { documentType } from './document';
export type { DocumentType, Settings, TellField } from './document';
export type { DocumentField } from './fields';
export { keyPath } from './keys';
export { FIELD_OVERRIDES, listName, MAP_NODE, rowName, rowsFor } from './rows';
