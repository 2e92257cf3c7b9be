import type { INodeProperties } from 'n8n-workflow';

import { WATCHED_BY_DEFAULT } from '../../core/dynamics/dataverse/tracking/watched';
import { dataverseTables } from '../Dynamics365/tables';
import { tableFields } from '../shared/table/fields/table';
import { ANY_TABLE, knownTable, rowsOf, TABLE_CHOICES, TRIGGER_ON_DEFAULT } from './tables';

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

/** What counts where nothing is chosen, so that whoever reads the panel need not try. */
const byDefault = Object.entries(WATCHED_BY_DEFAULT)
  .map(([name, watched]) => {
    const table = knownTable(name);
    return `of ${table ? rowsOf(table) : name} ${watched.join(', ')}`;
  })
  .join('; ');

const NAMES = Object.fromEntries(TABLE_CHOICES.map(({ name, value }) => [value, name]));

/** Expression for the rows that are followed, under the node. */
export const followedRows = `{{ $parameter["${TRIGGER_ON}"] === "${ANY_TABLE}" ? ($parameter["table"]?.cachedResultName || $parameter["table"]?.value || $parameter["table"] || "Table") : (${JSON.stringify(NAMES)})[$parameter["${TRIGGER_ON}"]] }}`;

/** Entries of *Options*. */
export const OWN_WRITES = 'ownWrites';
export const PUT_OUT = 'putOut';

export const options: INodeProperties[] = [
  {
    displayName: 'Own Writes',
    name: OWN_WRITES,
    type: 'options',
    noDataExpression: true,
    options: [
      {
        name: 'Leave Out',
        value: 'leaveOut',
        description: 'What the node Dynamics 365 of this n8n has written does not come back',
      },
      { name: 'Put Out', value: PUT_OUT, description: 'Whoever has written it, it comes' },
    ],
    default: 'leaveOut',
    description:
      'What becomes of changes that the node Dynamics 365 has made itself. Put Out is for a workflow that is to see them, and has to end by itself where it writes back.',
  },
];

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
    description: `Only a change of one of these starts the workflow. None: ${byDefault}, and of sales orders those that Environment: Prepare makes for tracking numbers; of any other table all. ${CHOOSE}.`,
  }),
  columns({
    displayName: 'Columns to Output Names or IDs',
    name: SHOWN,
    description: `What an item holds beside the ID. None: all that may be read. ${CHOOSE}.`,
  }),
];
