import type { Template } from './builder';
import { DATAVERSE } from './services/dataverse';
import { XCART } from './services/xcart';
import { operations } from './templates/operations';
import { orderToCash, type OrderToCash } from './templates/orderToCash';

export interface TemplateFile {
  file: string;
  workflow: Template;
}

/** A template as `orderToCash` makes it, and the file that is named after its two services. */
const orderToCashFile = (options: OrderToCash): TemplateFile => ({
  file: `${options.store.key}-${options.target.key}-order-to-cash.json`,
  workflow: orderToCash(options),
});

/** The template that `npm start` runs, and the first that most shops import. */
export const XCART_TO_DATAVERSE = orderToCashFile({
  store: XCART,
  target: DATAVERSE,
  idPrefix: '1a6f0c21',
});

/** What a person needs beside the flows, of whatever store. */
export const OPERATIONS: TemplateFile = {
  file: 'sync-operations.json',
  workflow: operations('1a6f0c22'),
};

/** Every template, with the file that `npm run templates` writes it to. */
export const templates: TemplateFile[] = [XCART_TO_DATAVERSE, OPERATIONS];
