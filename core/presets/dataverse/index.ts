import { DATAVERSE_DOCUMENTS } from '../../dynamics/dataverse/documents';
import type { ServicePresets } from '../service';
import { DATAVERSE_CONTACT } from './contact';
import { INVOICE_PAYMENT, INVOICE_STATUS } from './invoiceRow';
import { DATAVERSE_PRODUCT } from './product';
import { DATAVERSE_INVOICE, DATAVERSE_QUOTE, DATAVERSE_SALES_ORDER } from './salesorder';
import { SALES_ORDER_SHIPMENT, SALES_ORDER_STATUS } from './salesorderRow';

/** Status reasons of an active sales order that every environment has (`statuscode`). */
const NEW = 1;
const PENDING = 2;

export const DATAVERSE: ServicePresets = {
  documents: DATAVERSE_DOCUMENTS,
  toCommon: [SALES_ORDER_STATUS, SALES_ORDER_SHIPMENT, INVOICE_STATUS, INVOICE_PAYMENT],
  fromCommon: [
    DATAVERSE_SALES_ORDER,
    DATAVERSE_PRODUCT,
    DATAVERSE_CONTACT,
    DATAVERSE_QUOTE,
    DATAVERSE_INVOICE,
  ],
  routes: {
    'dataverse.salesorder': {
      name: 'Dynamics 365',
      draft: {
        description:
          'with the status reason Pending, which becomes New when it is written as usual',
        in: 'salesorder',
        draft: { statuscode: PENDING },
        order: { statuscode: NEW },
      },
    },
  },
};
