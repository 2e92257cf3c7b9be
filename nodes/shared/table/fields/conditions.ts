import type { INodeProperties } from 'n8n-workflow';

/** Conditions that need no knowledge of OData. */
export const conditionFields: INodeProperties[] = [
  {
    displayName: 'Conditions',
    name: 'conditions',
    type: 'fixedCollection',
    typeOptions: { multipleValues: true, loadOptionsDependsOn: ['table.value'] },
    placeholder: 'Add Condition',
    default: {},
    description: 'Which rows to return; without a condition all of them',
    options: [
      {
        displayName: 'Condition',
        name: 'condition',
        values: [
          {
            displayName: 'Column Name or ID',
            name: 'column',
            type: 'options',
            typeOptions: { loadOptionsMethod: 'getReadableColumns' },
            default: '',
            description:
              'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
          },
          {
            displayName: 'Operator',
            name: 'operator',
            type: 'options',
            default: 'eq',
            options: [
              { name: 'Contains', value: 'contains' },
              { name: 'Ends With', value: 'endsWith' },
              { name: 'Equals', value: 'eq' },
              { name: 'Greater Than', value: 'gt' },
              { name: 'Greater Than or Equal', value: 'ge' },
              { name: 'Is Empty', value: 'empty' },
              { name: 'Is Not Empty', value: 'notEmpty' },
              { name: 'Is One Of', value: 'in' },
              { name: 'Less Than', value: 'lt' },
              { name: 'Less Than or Equal', value: 'le' },
              { name: 'Not Equal', value: 'ne' },
              { name: 'Starts With', value: 'startsWith' },
            ],
          },
          {
            displayName: 'Value',
            name: 'value',
            type: 'string',
            default: '',
            displayOptions: { hide: { operator: ['empty', 'notEmpty'] } },
            description: 'What to compare with; for Is One Of write values with commas between',
          },
        ],
      },
    ],
  },
  {
    displayName: 'Must Match',
    name: 'combine',
    type: 'options',
    noDataExpression: true,
    default: 'all',
    description: 'How several conditions are taken together',
    options: [
      { name: 'All Conditions', value: 'all' },
      { name: 'Any Condition', value: 'any' },
    ],
  },
];
