import { DATAVERSE_DOCUMENTS } from '../../dynamics/dataverse/documents';
import type { ServicePresets } from '../service';
import { DATAVERSE_CONTACT } from './contact';
import { DATAVERSE_PRODUCT } from './product';
import { DATAVERSE_SALES_ORDER } from './salesorder';

/** Status reasons of an active sales order that every environment has (`statuscode`). */
const NEW = 1;
const PENDING = 2;

export const DATAVERSE: ServicePresets = {
  documents: DATAVERSE_DOCUMENTS,
  fromCommon: [DATAVERSE_SALES_ORDER, DATAVERSE_PRODUCT, DATAVERSE_CONTACT],
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
