import { choice, dateTime, integer, memo, table, text } from '../columns';

/** States and status reasons of a background operation. Source: Dataverse docs, background-operations. */
export const STATES = { ready: 0, locked: 2, completed: 3 } as const;

export const STATUSES = {
  waiting: 0,
  inProgress: 20,
  canceling: 22,
  succeeded: 30,
  failed: 31,
  canceled: 32,
} as const;

/** Documented: a row is kept for 90 days unless somebody says otherwise. */
export const TIME_TO_LIVE = 90 * 24 * 60 * 60;

const shown = { writable: 'never' } as const;

/** Requests that are worked on in the background. Its type code is made up: the documentation has none. */
export const backgroundoperation = table({
  name: 'backgroundoperation',
  // Rights are named by it: prvReadbackgroundoperation.
  schemaName: 'backgroundoperation',
  stateless: true,
  label: 'Background Operation',
  entitySet: 'backgroundoperations',
  objectTypeCode: 10_083,
  ownership: 'OrganizationOwned',
  changeTracking: false,
  columns: [
    text('name', 200, { schemaName: 'Name', label: 'Name', ...shown }),
    text('displayname', 200, { schemaName: 'DisplayName', label: 'DisplayName', ...shown }),
    choice(
      'backgroundoperationstatecode',
      { 0: 'Ready', 2: 'Locked', 3: 'Completed' },
      { schemaName: 'StateCode', label: 'Status' },
    ),
    choice(
      'backgroundoperationstatuscode',
      {
        0: 'Waiting For Resources',
        20: 'In Progress',
        22: 'Canceling',
        30: 'Succeeded',
        31: 'Failed',
        32: 'Canceled',
      },
      { schemaName: 'StatusCode', label: 'Status Reason' },
    ),
    memo('inputparameters', 1_048_576, { schemaName: 'InputParameters', ...shown }),
    memo('outputparameters', 1_048_576, { schemaName: 'OutputParameters', ...shown }),
    dateTime('starttime', { schemaName: 'StartTime', label: 'Start Time', ...shown }),
    dateTime('endtime', { schemaName: 'EndTime', label: 'End Time', ...shown }),
    integer('retrycount', { schemaName: 'RetryCount', label: 'Retry Count', ...shown }),
    integer('errorcode', { schemaName: 'ErrorCode', label: 'Error Code', ...shown }),
    memo('errormessage', 1_048_576, { schemaName: 'ErrorMessage', ...shown }),
    text('runas', 100, { schemaName: 'RunAs', label: 'Run As', ...shown }),
    integer('ttlinseconds', { schemaName: 'TTLInSeconds', label: 'Time to live' }),
  ],
});
