import type { INodeProperties } from 'n8n-workflow';

import type { TableService } from '../service';
import { conditionFields } from './conditions';

/** Value of Query where rows are found by conditions. */
export const BY_CONDITIONS = 'conditions';

/** Which rows: by conditions, or by a text in a language of the service. */
export function queryFields({ language }: TableService): INodeProperties[] {
  if (!language) return conditionFields;
  const { name, value, description, field } = language;
  return [
    {
      displayName: 'Query',
      name: 'query',
      type: 'options',
      noDataExpression: true,
      default: BY_CONDITIONS,
      options: [
        {
          name: 'Conditions',
          value: BY_CONDITIONS,
          description: 'Columns, operators and values, and a filter in OData among the options',
        },
        { name, value, description },
      ],
    },
    ...conditionFields.map((each) => ({
      ...each,
      displayOptions: { show: { query: [BY_CONDITIONS] } },
    })),
    {
      displayName: name,
      name: value,
      type: 'string',
      default: '',
      required: true,
      ...field,
      displayOptions: { show: { query: [value] } },
    },
  ];
}

/** Options that a query in a language of its own says itself. */
export const ofConditions =
  ({ language }: TableService) =>
  (option: INodeProperties): INodeProperties =>
    language ? { ...option, displayOptions: { hide: { '/query': [language.value] } } } : option;
