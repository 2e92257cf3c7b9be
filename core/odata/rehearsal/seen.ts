import type { ServiceError } from '../../errors';
import { type Outcome } from '../../outcome';
import { isRow } from '../answers';
import type { BatchAnswer, Row, SingleOperation } from '../types';
import { addressOf, partsOf } from './intent';
import type { PlannedRow, PlannedRows } from './plannedRows';

/** What a read answers when what is planned stood there already, as far as rows are asked for by their keys. */

const whole = ({ columns }: PlannedRow, answer: BatchAnswer | undefined): BatchAnswer => ({
  status: 200,
  headers: answer?.headers ?? {},
  body: { ...(isRow(answer?.body) ? answer.body : {}), ...columns },
});

function oneSeen(
  planned: PlannedRow,
  answer: Outcome<BatchAnswer>,
  missing: () => ServiceError,
): Outcome<BatchAnswer> {
  if (planned.state === 'deleted') return { ok: false, error: missing() };
  if (planned.state === 'made') return { ok: true, value: whole(planned, undefined) };
  return answer.ok ? { ok: true, value: whole(planned, answer.value) } : answer;
}

/** Whether a row is one of those whose column has one of many values. A lookup is asked for by its navigation property. */
function isAmong(row: Row, { column, values }: NonNullable<SingleOperation['among']>): boolean {
  const value = row[column] ?? row[`_${column}_value`];
  return (
    typeof value === 'string' &&
    values.some((wanted) => wanted.toLowerCase() === value.toLowerCase())
  );
}

function listSeen(
  planned: PlannedRow[],
  { among, primaryId }: SingleOperation,
  answer: BatchAnswer,
): BatchAnswer {
  const { body } = answer;
  if (!among || !isRow(body) || !Array.isArray(body['value'])) return answer;
  const rows = body['value'] as Row[];
  const isOf = (row: Row) => (one: PlannedRow) =>
    Object.entries(row).some(
      ([name, value]) => isKeyOf(name, primaryId) && String(value).toLowerCase() === one.id,
    );
  const seen = rows
    .map((row) => {
      const own = planned.find(isOf(row));
      if (!own) return row;
      return own.state === 'deleted' ? undefined : { ...row, ...own.columns };
    })
    .filter((row) => row !== undefined);
  const made = planned.filter(
    ({ state, columns, id }) =>
      state === 'made' &&
      isAmong(columns, among) &&
      !rows.some((row) => isOf(row)({ id } as PlannedRow)),
  );
  return {
    ...answer,
    body: {
      ...body,
      value: [
        ...seen.filter((row) => isAmong(row, among) || !mentions(row, among)),
        ...made.map(({ columns }) => columns),
      ],
    },
  };
}

const mentions = (row: Row, { column }: NonNullable<SingleOperation['among']>): boolean =>
  column in row || `_${column}_value` in row;

/** The key column of a row is the one that is named so, or whose name is an ID's and no lookup. */
const isKeyOf = (name: string, primaryId: string | undefined): boolean =>
  primaryId === undefined ? /^[a-z]\w*id$/.test(name) : name === primaryId;

/** @param missing what the service says of a row that is not there */
export function seen(
  operation: SingleOperation,
  answer: Outcome<BatchAnswer>,
  planned: PlannedRows,
  { root, missing }: { root: string; missing: () => ServiceError },
): Outcome<BatchAnswer> {
  const { segments } = partsOf(operation.path, root);
  if (segments.length !== 1) return answer;
  const at = addressOf(segments);
  if (at.key !== undefined) {
    const row = planned.at(at);
    return row ? oneSeen(row, answer, missing) : answer;
  }
  const rows = planned.in(at.set);
  if (rows.length === 0 || !answer.ok) return answer;
  return { ok: true, value: listSeen(rows, operation, answer.value) };
}
