import type { INodeProperties } from 'n8n-workflow';

import { CUSTOM } from '../presetFields';

/** What messages call this list of rows. */
export const COLUMNS = 'Columns';

/**
 * All that the preset fills, a row each, and what else the target has: the list that people know from n8n's own nodes,
 * into which a field of the input can be dragged.
 */
export const columnsField: INodeProperties = {
  displayName: COLUMNS,
  name: 'columns',
  type: 'resourceMapper',
  noDataExpression: true,
  default: { mappingMode: 'defineBelow', value: null },
  typeOptions: {
    loadOptionsDependsOn: ['from', 'to'],
    resourceMapper: {
      resourceMapperMethod: 'getColumns',
      mode: 'add',
      valuesLabel: COLUMNS,
      fieldWords: { singular: 'column', plural: 'columns' },
      supportAutoMap: false,
      noFieldsError: 'Choose From and To first',
    },
  },
  displayOptions: { hide: { from: [CUSTOM] } },
  description:
    'Each row shows what the preset puts there. Drag a field of the input onto a row, or enter a value, to fill it in your own way; empty it again for what the preset puts there; remove it to leave it out.',
};
