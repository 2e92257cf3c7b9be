import type { Engine } from '../engine';
import { FAILED, SUCCEEDED, SYSTEM_EVENT } from '../schema/tables/asyncoperation';
import type { Row } from '../store/row';
import type { StepEvent } from './context';
import { signedCode, type Failure } from './failure';
import { messageOf } from './steps';

const COMPLETED = 3;

const stamp = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');

/**
 * Keeps the system job of an asynchronous step that has come to its end: every one that failed, and those that succeeded
 * unless the step asks to delete them. Source: Dataverse docs, register-web-hook and asyncoperation.
 */
export function keepJob(
  engine: Engine,
  { step, change, execution, requestId, operationId, at }: StepEvent,
  { failure, tries }: { failure?: Failure; tries: number },
): void {
  if (!failure && step.row.asyncautodelete === true) return;
  // The step may have been deleted meanwhile: its jobs stay, and have lost the link to it.
  const extension = engine.database.get('sdkmessageprocessingstep', step.id)
    ? { table: 'sdkmessageprocessingstep', id: step.id }
    : null;
  const table = engine.model.required('asyncoperation');
  const now = engine.timestamp();
  const owner = { table: 'systemuser', id: execution.userId };
  const row: Row = {
    [table.primaryId]: operationId,
    name: String(step.row.name),
    operationtype: SYSTEM_EVENT,
    messagename: messageOf(change),
    primaryentitytype: change.table.name,
    correlationid: execution.correlationId,
    requestid: requestId,
    depth: 1,
    errorcode: failure ? signedCode(failure.code) : null,
    message: failure ? `${failure.message} (${failure.code})` : null,
    friendlymessage: failure?.message ?? null,
    retrycount: Math.max(0, tries - 1),
    startedon: stamp(at),
    completedon: now,
    owningextensionid: extension,
    statecode: COMPLETED,
    statuscode: failure ? FAILED : SUCCEEDED,
    ownerid: owner,
    createdon: stamp(at),
    createdby: owner,
    modifiedon: now,
    modifiedby: owner,
  };
  engine.database.put(table, operationId, row, engine.switches.duplicateKeyStatus);
}
