import { errors } from '../errors';
import type { Table } from '../schema/model';
import type { Row, Value } from '../store/row';

/**
 * statecode and statuscode after a write. A state alone takes its default reason; a reason must belong to the
 * state. Source: Dataverse docs, InvalidStateCodeStatusCode (0x80048408).
 */
export function settleState(table: Table, row: Row, sent: Readonly<Record<string, Value>>): Row {
  const reasons = table.columns.get('statuscode')?.choices;
  if (!reasons || !table.columns.has('statecode')) return row;
  const state = Number(row.statecode);
  const stateSent = sent.statecode !== undefined && sent.statecode !== null;
  const statusSent = sent.statuscode !== undefined && sent.statuscode !== null;
  if (stateSent && !statusSent) {
    const current = reasons.find((reason) => reason.value === row.statuscode);
    if (current?.state === state) return row;
    const preferred = reasons.find((reason) => reason.state === state);
    return preferred ? { ...row, statuscode: preferred.value } : row;
  }
  const reason = reasons.find((choice) => choice.value === row.statuscode);
  if (reason?.state !== state) throw errors.stateStatus(table.name, Number(row.statuscode), state);
  return row;
}
