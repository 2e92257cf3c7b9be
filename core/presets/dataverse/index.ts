import { DATAVERSE_DOCUMENTS } from '../../dynamics/dataverse/documents';
import type { ServicePresets } from '../service';
import { DATAVERSE_CONTACT } from './contact';
import { DATAVERSE_PRODUCT } from './product';
import { DATAVERSE_SALES_ORDER } from './salesorder';

export const DATAVERSE: ServicePresets = {
  documents: DATAVERSE_DOCUMENTS,
  fromCommon: [DATAVERSE_SALES_ORDER, DATAVERSE_PRODUCT, DATAVERSE_CONTACT],
};
