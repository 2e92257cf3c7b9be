import type { INodeProperties } from 'n8n-workflow';

import { countedId } from '../../core/stores/kit/ids';
import type { SkuTarget } from '../../core/stores/threedcart/skus';
import { textIn } from '../../core/values';
import type { AmountDefinition } from '../shared/records/amounts';

const ID = countedId();

const catalogIdField: INodeProperties = {
  displayName: 'Product ID Field',
  name: 'catalogIdField',
  type: 'string',
  default: '',
  placeholder: 'e.g. CatalogID',
  description:
    'Field of the input item with the catalog ID of the product, where known. It then need not be looked for.',
};

const optionCodeField: INodeProperties = {
  displayName: 'Variant ID Field',
  name: 'optionCodeField',
  type: 'string',
  default: '',
  placeholder: 'e.g. AdvancedOptionCode',
  description: 'Field of the input item with the option code of the variant, where known',
};

/** How stock and prices name what they are of. */
export const bySku: AmountDefinition<SkuTarget> = {
  knownBy: [catalogIdField, optionCodeField],
  target: (idIn) => {
    const catalogId = ID.safeParse(idIn(catalogIdField.name)).data;
    const optionCode = textIn(idIn(optionCodeField.name))?.trim() || undefined;
    return catalogId === undefined ? undefined : { catalogId, optionCode };
  },
};
