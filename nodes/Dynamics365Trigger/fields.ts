import type { INodeProperties } from 'n8n-workflow';

import { dataverseTables } from '../Dynamics365/tables';
import { tableFields } from '../shared/table/fields/table';
import { ANY_TABLE, TABLE_CHOICES, TRIGGER_ON_DEFAULT } from './tables';

export const TRIGGER_ON = 'triggerOn';
export const WATCHED = 'watchedColumns';
export const SHOWN = 'outputColumns';

const CHOOSE =
  'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

/** Of all tables, with their columns. */
const columns = (more: Pick<INodeProperties, 'displayName' | 'name' | 'description'>) =>
  ({
    ...more,
    type: 'multiOptions',
    typeOptions: {
      loadOptionsMethod: 'getReadableColumns',
      loadOptionsDependsOn: [TRIGGER_ON, 'table.value'],
    },
    default: [],
  }) satisfies INodeProperties;

/** Which rows are followed, which of their columns count, and which are put out. */
export const fields: INodeProperties[] = [
  {
    displayName: 'Trigger On',
    name: TRIGGER_ON,
    type: 'options',
    noDataExpression: true,
    options: TABLE_CHOICES,
    default: TRIGGER_ON_DEFAULT,
    description: 'What to start the workflow for: one node follows the rows of one table',
  },
  ...tableFields(dataverseTables, { noun: 'row', plural: 'rows' }).map((field) => ({
    ...field,
    displayOptions: { show: { [TRIGGER_ON]: [ANY_TABLE] } },
  })),
  columns({
    displayName: 'Columns Names or IDs',
    name: WATCHED,
    description: `Only a change of one of these starts the workflow. None: for sales orders, invoices and quotes their status and shipping, of any other table all. ${CHOOSE}.`,
  }),
  columns({
    displayName: 'Columns to Output Names or IDs',
    name: SHOWN,
    description: `What an item holds beside the ID. None: all that may be read. ${CHOOSE}.`,
  }),
];
