import type { Template } from './builder';
import { CLARITY } from './services/clarity';
import { DATAVERSE } from './services/dataverse';
import type { Store } from './services/service';
import { THREEDCART } from './services/threedcart';
import { XCART } from './services/xcart';
import { operations } from './templates/operations';
import { orderToCash } from './templates/orderToCash';
import { paidInvoicesBack, statusAndShipmentBack } from './templates/wayBack';

export interface TemplateFile {
  file: string;
  workflow: Template;
}

/** Each store, with the beginnings of the ids of its templates' nodes: order to cash, status and shipment, paid invoices. */
const STORES: ReadonlyArray<{ store: Store; idPrefixes: readonly [string, string, string] }> = [
  { store: XCART, idPrefixes: ['1a6f0c21', '1a6f0c25', '1a6f0c28'] },
  { store: THREEDCART, idPrefixes: ['1a6f0c23', '1a6f0c26', '1a6f0c29'] },
  { store: CLARITY, idPrefixes: ['1a6f0c24', '1a6f0c27', '1a6f0c2a'] },
];

/** A template of one store. */
export type StoreTemplate = TemplateFile & { store: Store };

/** The template that most shops import first, of each store; its file is named after its two services. */
export const ORDER_TO_CASH: readonly StoreTemplate[] = STORES.map(
  ({ store, idPrefixes: [idPrefix] }) => ({
    store,
    file: `${store.key}-${DATAVERSE.key}-order-to-cash.json`,
    workflow: orderToCash({ store, target: DATAVERSE, idPrefix }),
  }),
);

/** What has become of an order, told to the store that it came from. */
export const STATUS_AND_SHIPMENT: readonly StoreTemplate[] = STORES.map(
  ({ store, idPrefixes: [, idPrefix] }) => ({
    store,
    file: `${DATAVERSE.key}-${store.key}-status-and-shipment.json`,
    workflow: statusAndShipmentBack({ store, target: DATAVERSE, idPrefix }),
  }),
);

/** The same of its money, of each store that has a status for it. */
export const PAID_INVOICES: readonly StoreTemplate[] = STORES.flatMap(
  ({ store, idPrefixes: [, , idPrefix] }) => {
    const workflow = paidInvoicesBack({ store, target: DATAVERSE, idPrefix });
    const file = `${DATAVERSE.key}-${store.key}-paid-invoices.json`;
    return workflow ? [{ store, file, workflow }] : [];
  },
);

/** What a person needs beside the flows, of whatever store. */
export const OPERATIONS: TemplateFile = {
  file: 'sync-operations.json',
  workflow: operations('1a6f0c22'),
};

/** Every template, with the file that `npm run templates` writes it to. */
export const templates: readonly TemplateFile[] = [
  ...ORDER_TO_CASH,
  ...STATUS_AND_SHIPMENT,
  ...PAID_INVOICES,
  OPERATIONS,
];
