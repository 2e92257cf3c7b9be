import { ServiceError } from '../../../errors';
import type { Row } from '../../../odata/types';

/** How a refusal quotes the value that it cannot take (Microsoft.OData), and how it calls a row that is not there. */
const QUOTED = [
  /Cannot convert the literal '(?<value>.*)' to the expected type/i,
  /With Id = (?<value>[0-9a-f-]{36}) Does Not Exist/i,
];

const nameOf = (column: string): string => column.split('@')[0] ?? column;

/** A bound lookup holds the address of the row: `/contacts(…)`. */
const holds = (value: unknown, quoted: string): boolean =>
  (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') &&
  (String(value) === quoted || String(value).toLowerCase().includes(`(${quoted.toLowerCase()})`));

/**
 * Says which column a refusal is about, where Dataverse quotes a value and names no column. Without it a row of fifty
 * columns would have to be searched for a text.
 *
 * @param row as it was sent
 */
export function blameColumn(error: ServiceError, row: Row): ServiceError {
  const quoted = QUOTED.map((pattern) => pattern.exec(error.message)?.groups?.['value']).find(
    (value) => value !== undefined,
  );
  if (quoted === undefined) return error;
  const columns = Object.keys(row).filter((column) => holds(row[column], quoted));
  if (columns.length === 0) return error;
  const names = columns.map(nameOf).join(', ');
  return new ServiceError(`${error.message.replace(/\.$/, '')} (in ${names}).`, {
    ...error.toDetails(),
    fix: `Correct what ${names} holds.`,
    cause: error,
  });
}
