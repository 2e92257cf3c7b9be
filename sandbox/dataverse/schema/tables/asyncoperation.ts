import { table } from '../columns';

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
  columns: [],
});
