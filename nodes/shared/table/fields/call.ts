import type { INodeProperties } from 'n8n-workflow';

import type { CallService, Subject, TableService } from '../service';
import { tableFields } from './table';

const boundTo: INodeProperties = {
  displayName: 'Bound To',
  name: 'boundTo',
  type: 'options',
  noDataExpression: true,
  default: 'nothing',
  description: 'What it is called on',
  options: [
    { name: 'Nothing', value: 'nothing', description: 'It is called by itself, such as WhoAmI' },
    { name: 'Row', value: 'row', description: 'It works on one row of a table' },
    { name: 'Table', value: 'set', description: 'It works on the rows of a table as a whole' },
  ],
};

const kind: INodeProperties = {
  displayName: 'Kind',
  name: 'kind',
  type: 'options',
  noDataExpression: true,
  default: 'auto',
  description: 'Which of the two it is',
  options: [
    { name: 'Action', value: 'action', description: 'It may change something' },
    {
      name: 'Find Out',
      value: 'auto',
      description:
        'Ask the environment ($metadata, some megabytes, once a run); names and types of parameters are checked then',
    },
    { name: 'Function', value: 'function', description: 'It only reads' },
  ],
};

const parameters: INodeProperties[] = [
  {
    displayName: 'Parameters',
    name: 'parametersFrom',
    type: 'options',
    noDataExpression: true,
    default: 'fields',
    description: 'How the parameters are given',
    options: [
      { name: 'Using Fields Below', value: 'fields', description: 'Name and value of each' },
      { name: 'Using JSON', value: 'json', description: 'All of them as one object' },
    ],
  },
  {
    displayName: 'Parameters to Send',
    name: 'parameters',
    type: 'fixedCollection',
    typeOptions: {
      multipleValues: true,
      loadOptionsDependsOn: ['callable.value', 'boundTo', 'table.value'],
    },
    placeholder: 'Add Parameter',
    default: {},
    displayOptions: { show: { parametersFrom: ['fields'] } },
    options: [
      {
        displayName: 'Parameter',
        name: 'parameter',
        values: [
          {
            displayName: 'Name or ID',
            name: 'name',
            type: 'options',
            typeOptions: { loadOptionsMethod: 'getCallParameters' },
            default: '',
            description:
              'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
          },
          {
            displayName: 'Value',
            name: 'value',
            type: 'string',
            default: '',
            description: 'Numbers and switches as text; rows and lists as JSON',
          },
        ],
      },
    ],
  },
  {
    displayName: 'Parameters (JSON)',
    name: 'parametersJson',
    type: 'json',
    default: '{}',
    displayOptions: { show: { parametersFrom: ['json'] } },
    description:
      'Object with the parameters by their names. A row needs its type, such as "@odata.type": "Microsoft.Dynamics.CRM.account".',
  },
];

const showFor =
  (on: string[]) =>
  (field: INodeProperties): INodeProperties => ({
    ...field,
    displayOptions: { show: { boundTo: on, ...field.displayOptions?.show } },
  });

/** What is called, on what, and with what. */
export function callFields(
  service: TableService,
  { example }: CallService,
  subject: Subject,
): INodeProperties[] {
  return [
    boundTo,
    ...tableFields(service, subject).map(showFor(['row', 'set'])),
    ...service.keys.fields(subject).map(showFor(['row'])),
    {
      displayName: 'Action or Function',
      name: 'callable',
      type: 'resourceLocator',
      default: { mode: 'list', value: '' },
      required: true,
      description: 'What to call; the list has what can be called there',
      typeOptions: { loadOptionsDependsOn: ['boundTo', 'table.value'] },
      modes: [
        {
          displayName: 'From List',
          name: 'list',
          type: 'list',
          typeOptions: { searchListMethod: 'searchCallables', searchable: true },
        },
        {
          displayName: 'By Name',
          name: 'name',
          type: 'string',
          placeholder: `e.g. ${example}`,
          hint: 'Unique name, without the namespace',
          validation: [
            {
              type: 'regex',
              properties: {
                regex: '^\\s*[A-Za-z_][A-Za-z0-9_.]*\\s*$',
                errorMessage: 'Not the name of an action or function',
              },
            },
          ],
        },
      ],
    },
    kind,
    ...parameters,
  ];
}
