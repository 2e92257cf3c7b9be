import type { Template } from './builder';
import { CLARITY } from './services/clarity';
import { DATAVERSE } from './services/dataverse';
import type { Store } from './services/service';
import { THREEDCART } from './services/threedcart';
import { XCART } from './services/xcart';
import { operations } from './templates/operations';
import { orderToCash } from './templates/orderToCash';

export interface TemplateFile {
  file: string;
  workflow: Template;
}

/** Each store, with the beginning of the ids of its template's nodes. */
const STORES: ReadonlyArray<{ store: Store; idPrefix: string }> = [
  { store: XCART, idPrefix: '1a6f0c21' },
  { store: THREEDCART, idPrefix: '1a6f0c23' },
  { store: CLARITY, idPrefix: '1a6f0c24' },
];

/** The template that most shops import first, of each store; its file is named after its two services. */
export const ORDER_TO_CASH: ReadonlyArray<TemplateFile & { store: Store }> = STORES.map(
  ({ store, idPrefix }) => ({
    store,
    file: `${store.key}-${DATAVERSE.key}-order-to-cash.json`,
    workflow: orderToCash({ store, target: DATAVERSE, idPrefix }),
  }),
);

/** What a person needs beside the flows, of whatever store. */
export const OPERATIONS: TemplateFile = {
  file: 'sync-operations.json',
  workflow: operations('1a6f0c22'),
};

/** Every template, with the file that `npm run templates` writes it to. */
export const templates: readonly TemplateFile[] = [...ORDER_TO_CASH, OPERATIONS];
