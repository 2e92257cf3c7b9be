import type { INodeProperties } from 'n8n-workflow';

import type { Subject } from '../subjects';

const table: INodeProperties = {
  displayName: 'Table',
  name: 'table',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: 'The table to work on; custom tables are in the list too',
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      typeOptions: { searchListMethod: 'searchTables', searchable: true },
    },
    {
      displayName: 'By Name',
      name: 'name',
      type: 'string',
      placeholder: 'e.g. new_warehouse',
      hint: 'Logical name of the table, or its entity set name',
      validation: [
        {
          type: 'regex',
          properties: {
            regex: '^\\s*[A-Za-z_][A-Za-z0-9_]*\\s*$',
            errorMessage: 'Not the logical name of a table',
          },
        },
      ],
    },
  ],
};

/** Nothing where the resource has a table of its own. */
export function tableFields(subject: Subject): INodeProperties[] {
  return subject.table ? [] : [table];
}
