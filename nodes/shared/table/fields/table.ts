import type { INodeProperties } from 'n8n-workflow';

import type { Subject, TableService } from '../service';

const table = ({ words }: TableService): INodeProperties => ({
  displayName: 'Table',
  name: 'table',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description: words.tableDescription,
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
      placeholder: `e.g. ${words.tableExample}`,
      hint: words.tableHint,
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
});

/** Nothing where the resource has a table of its own. */
export function tableFields(service: TableService, subject: Subject): INodeProperties[] {
  return subject.table ? [] : [table(service)];
}
