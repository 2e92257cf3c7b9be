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
  { step, change, execution, operationId, at }: StepEvent,
  { failure, tries }: { failure?: Failure; tries: number },
): void {
  if (!failure && step.row.asyncautodelete === true) return;
  // The step may have been deleted meanwhile: then its jobs have gone with it.
  if (!engine.database.get('sdkmessageprocessingstep', step.id)) return;
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
    depth: 1,
    errorcode: failure ? signedCode(failure.code) : null,
    message: failure ? `${failure.message} (${failure.code})` : null,
    friendlymessage: failure?.message ?? null,
    retrycount: Math.max(0, tries - 1),
    isfailed: failure !== undefined,
    startedon: stamp(at),
    completedon: now,
    owningextensionid: { table: 'sdkmessageprocessingstep', id: step.id },
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
