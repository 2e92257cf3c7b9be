import { ServiceError } from '../../../errors';
import { isRow } from '../../../odata/answers';
import type { BatchAnswer, Row } from '../../../odata/types';
import type { SalesDocument } from './salesDocument';

/** What became of one document of which another was to be made. */
export interface Made {
  /** The document that it was made of. */
  source: string;
  /** What was made; undefined: the source is not there. */
  id?: string;
  /** `unchanged`: it had been made before. `skipped`: the source is not there. */
  outcome: 'created' | 'unchanged' | 'skipped';
  /** Number, name and total of what was made. */
  row: Row;
}

/** The columns of a document that are worth telling. */
export const toldColumns = ({ key, number }: SalesDocument): string[] => [
  key,
  number,
  'name',
  'totalamount',
];

/** What an action answers and what a look finds is told in the same way. */
export function made(
  kind: SalesDocument,
  source: string,
  row: Row,
  outcome: 'created' | 'unchanged',
): Made | undefined {
  const id = row[kind.key];
  if (typeof id !== 'string') return undefined;
  const told = toldColumns(kind).filter((name) => name !== kind.key && name in row);
  return {
    source,
    id: id.toLowerCase(),
    outcome,
    row: Object.fromEntries(told.map((name) => [name, row[name]])),
  };
}

/** undefined where the answer does not say what was made. */
export const madeBy = (
  kind: SalesDocument,
  source: string,
  { body }: BatchAnswer,
): Made | undefined => (isRow(body) ? made(kind, source, body, 'created') : undefined);

/** `invoice "INV-01000-ABC"` */
const called = ({ words, number }: SalesDocument, row: Row): string =>
  `${words.name} "${String(row[number] ?? row['name'] ?? '')}"`;

/** A document of which the other one has been made. */
export function madeBefore(
  source: SalesDocument,
  target: SalesDocument,
  row: Row,
  option: string,
): ServiceError {
  return new ServiceError(
    `The ${source.words.name} has the ${called(target, row)} in Dynamics 365 already`,
    {
      class: 'conflict',
      code: 'CONVERTED',
      fix: `Nothing is left to do: discard the record, or set ${option} to Skip. Another one is made by hand in Dynamics 365.`,
    },
  );
}
