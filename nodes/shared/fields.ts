import type { INodeProperties } from 'n8n-workflow';

/** Parameter descriptions that every node words alike. */

export const returnAll: INodeProperties = {
  displayName: 'Return All',
  name: 'returnAll',
  type: 'boolean',
  default: false,
  description: 'Whether to return all results or only up to a given limit',
};

export const limit: INodeProperties = {
  displayName: 'Limit',
  name: 'limit',
  type: 'number',
  typeOptions: { minValue: 1 },
  default: 50,
  description: 'Max number of results to return',
  displayOptions: { show: { returnAll: [false] } },
};

export const simplify: INodeProperties = {
  displayName: 'Simplify',
  name: 'simplify',
  type: 'boolean',
  default: true,
  description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Where a writing operation puts its result; an entry of an *Options* collection. */
export const outputField: INodeProperties = {
  displayName: 'Put Result In Field',
  name: 'outputField',
  type: 'string',
  default: '',
  placeholder: 'e.g. account',
  description:
    'Name of a field to add to the input item, holding the result. Leave empty to put out the result alone.',
};
