import type { INodeProperties } from 'n8n-workflow';

/** Options of every operation. */
export const requestOptions: INodeProperties[] = [
  {
    displayName: 'Impersonate User ID',
    name: 'callerObjectId',
    type: 'string',
    default: '',
    description: 'Microsoft Entra object ID of the user in whose name to work',
  },
  {
    displayName: 'Timeout',
    name: 'timeout',
    type: 'number',
    typeOptions: { minValue: 1000 },
    default: 120000,
    description: 'Milliseconds to wait for the answer to one request',
  },
];

/** Of every operation that sends what it does for many items together. */
export const batchOptions: INodeProperties[] = [
  {
    displayName: 'Batch Size',
    name: 'batchSize',
    type: 'number',
    typeOptions: { minValue: 1, maxValue: 1000 },
    default: 100,
    description: 'Most rows to send in one request',
  },
];

/** Of every operation that writes or deletes the rows of any table. */
export const togetherOptions: INodeProperties[] = [
  {
    displayName: 'All or Nothing',
    name: 'allOrNothing',
    type: 'boolean',
    default: false,
    description:
      'Whether to write all items or, where one of them fails, none. All of them go in one change set: at most 1,000.',
  },
];

/** Of every operation that writes columns to rows. */
export const bulkOptions: INodeProperties[] = [
  {
    displayName: 'Bulk Messages',
    name: 'bulkMessages',
    type: 'options',
    default: 'auto',
    description:
      'Whether to send many rows with IDs of their own as CreateMultiple or UpdateMultiple. A bad row still fails alone.',
    options: [
      {
        name: 'When the Table Has Them',
        value: 'auto',
        description: 'The environment is asked once for each table',
      },
      { name: 'Never', value: 'never', description: 'Send all rows in batches' },
    ],
  },
];

/** Options of every operation that changes something. */
export const writeOptions: INodeProperties[] = [
  {
    displayName: 'Bypass Custom Logic',
    name: 'bypassLogic',
    type: 'boolean',
    default: false,
    description:
      'Whether to skip synchronous and asynchronous plug-ins and workflows; needs the privilege prvBypassCustomBusinessLogic',
  },
  {
    displayName: 'Detect Duplicates',
    name: 'detectDuplicates',
    type: 'boolean',
    default: false,
    description: 'Whether the duplicate detection rules of the environment may refuse a row',
  },
  {
    displayName: 'Solution Name',
    name: 'solutionName',
    type: 'string',
    default: '',
    placeholder: 'e.g. CommerceSync',
    description:
      'Unique name of the solution that new components belong to, such as rows of web resources or workflows; rows of other tables belong to none',
  },
  {
    displayName: 'Suppress Power Automate Flows',
    name: 'suppressFlows',
    type: 'boolean',
    default: false,
    description: 'Whether to start no Power Automate flows because of these changes',
  },
];
