import { choice, dateTime, flag, integer, lookup, memo, states, table, text } from '../columns';

/** The operation type of a webhook that was to be called. Source: entity reference of asyncoperation, System Event. */
export const SYSTEM_EVENT = 1;

/** Status reasons of a job that has ended. */
export const SUCCEEDED = 30;
export const FAILED = 31;

/** System jobs: what became of asynchronous steps. Source: Dataverse docs, entity reference of asyncoperation. */
export const asyncoperation = table({
  name: 'asyncoperation',
  schemaName: 'AsyncOperation',
  stateless: true,
  label: 'System Job',
  entitySet: 'asyncoperations',
  objectTypeCode: 4700,
  changeTracking: false,
  columns: [
    text('name', 256, { label: 'System Job Name' }),
    choice(
      'operationtype',
      { [SYSTEM_EVENT]: 'System Event' },
      { schemaName: 'OperationType', label: 'System Job Type', default: SYSTEM_EVENT },
    ),
    text('messagename', 160, { schemaName: 'MessageName', label: 'Message Name' }),
    text('primaryentitytype', 128, { schemaName: 'PrimaryEntityType' }),
    text('correlationid', 36, { schemaName: 'CorrelationId', label: 'Correlation Id' }),
    integer('depth', { label: 'Depth' }),
    integer('errorcode', { schemaName: 'ErrorCode', label: 'Error Code' }),
    integer('retrycount', { schemaName: 'RetryCount', label: 'Retry Count' }),
    memo('message', 1_048_576, { label: 'Message' }),
    memo('friendlymessage', 500, { schemaName: 'FriendlyMessage', label: 'Friendly message' }),
    dateTime('startedon', { schemaName: 'StartedOn', label: 'Started On' }),
    dateTime('completedon', { schemaName: 'CompletedOn', label: 'Completed On' }),
    flag('isfailed', false, { schemaName: 'IsFailed' }),
    lookup(
      'owningextensionid',
      {
        table: 'sdkmessageprocessingstep',
        collection: 'SdkMessageProcessingStep_AsyncOperations',
      },
      { schemaName: 'OwningExtensionId', label: 'Owning Extension' },
    ),
    ...states([
      { value: 0, label: 'Ready', reasons: { 0: 'Waiting For Resources' } },
      { value: 1, label: 'Suspended', reasons: { 10: 'Waiting' } },
      {
        value: 2,
        label: 'Locked',
        reasons: { 20: 'In Progress', 21: 'Pausing', 22: 'Canceling' },
      },
      {
        value: 3,
        label: 'Completed',
        reasons: { [SUCCEEDED]: 'Succeeded', [FAILED]: 'Failed', 32: 'Canceled' },
      },
    ]),
  ],
});
