import type { INodeProperties } from 'n8n-workflow';

import { ledgerFields } from '../SyncLedger/fields/ledger';
import { flowFields } from './scope';

export const DEFAULT_MAX_RECORDS = 1000;
export const DEFAULT_HIDE_MINUTES = 5;
export const DEFAULT_KEEP_DAYS = 365;
export const DEFAULT_KEEP_DOCUMENTS_DAYS = 90;
export const DEFAULT_QUIET_MINUTES = 60;

/** Values of the parameter `event`. */
export const DUE = 'due';
export const DEAD = 'dead';

const event: INodeProperties = {
  displayName: 'Trigger On',
  name: 'event',
  type: 'options',
  noDataExpression: true,
  options: [
    {
      name: 'New Failures',
      value: DEAD,
      description:
        'Records that have become dead letters since the last poll, and rows of the mapping that have begun to hold records, to tell somebody of them',
    },
    {
      name: 'Records Due',
      value: DUE,
      description: 'Records that are to be sent again, for Sync Ledger: Claim',
    },
  ],
  default: DUE,
};

const deadOptions: INodeProperties = {
  displayName: 'Options',
  name: 'deadOptions',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  displayOptions: { show: { event: [DEAD] } },
  options: [
    {
      displayName: 'Quiet Minutes',
      name: 'quietMinutes',
      type: 'number',
      typeOptions: { minValue: 0 },
      default: DEFAULT_QUIET_MINUTES,
      description:
        'How long dead letters are kept back whose reason was put out already; they come together afterwards. 0 puts out each with the next poll. A fault of the mapping is put out once, and again when it comes back after that time.',
    },
  ],
};

export const properties: INodeProperties[] = [
  event,
  ...ledgerFields,
  ...flowFields,
  deadOptions,
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    displayOptions: { show: { event: [DUE] } },
    options: [
      {
        displayName: 'Hide Minutes',
        name: 'hideMinutes',
        type: 'number',
        typeOptions: { minValue: 1 },
        default: DEFAULT_HIDE_MINUTES,
        description:
          'How long a record is not put out again while nobody has claimed it. Raise it when polls overtake each other.',
      },
      {
        displayName: 'Keep Documents (Days)',
        name: 'keepDocumentsDays',
        type: 'number',
        typeOptions: { minValue: 0 },
        default: DEFAULT_KEEP_DOCUMENTS_DAYS,
        description:
          'After how many days the ledger forgets the documents of records that were sent or skipped, of the flow of this trigger; one of all flows leaves out those with a trigger of their own. Sync Ledger: Resend sends them again until then. 0 keeps them as long as their records.',
      },
      {
        displayName: 'Keep Finished Records (Days)',
        name: 'keepDays',
        type: 'number',
        typeOptions: { minValue: 0 },
        default: DEFAULT_KEEP_DAYS,
        description:
          'After how many days the ledger forgets records that were sent or skipped, with their links, of the flow of this trigger; one of all flows leaves out those with a trigger of their own. What was sent to rows is remembered as long as the flow that keeps its records longest. 0 keeps them for ever.',
      },
      {
        displayName: 'Max Records per Poll',
        name: 'maxRecords',
        type: 'number',
        typeOptions: { minValue: 1 },
        default: DEFAULT_MAX_RECORDS,
        description: 'How many records to put out at once; the rest follows with the next poll',
      },
    ],
  },
];
