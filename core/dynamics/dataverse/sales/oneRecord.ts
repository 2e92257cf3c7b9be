import { type ServiceError, validationError } from '../../../errors';
import type { Row } from '../../../odata/types';
import { guidIn } from '../../../values';
import type { SalesDocument } from './salesDocument';

/** A record of the source that a document is made of. */
export interface SourceRecord {
  /** `platform:store:kind:id` */
  key: string;
  /** What people call it. */
  number: string;
}

const kindOf = ({ key }: SourceRecord): string | undefined => key.split(':')[2];

/** A record of another kind, such as a shipment of the order, may well write to the order's row. */
function isAnother(one: SourceRecord, other: SourceRecord): boolean {
  return one.key !== other.key && kindOf(one) === kindOf(other);
}

const named = ({ number, key }: SourceRecord): string => `${number} (${key})`;

function shared({ key, words }: SalesDocument, one: SourceRecord, first: SourceRecord) {
  const { name, short } = words;
  return validationError(
    `"${key}" of ${short} ${named(one)} is also that of ${short} ${named(first)}; one ${name} cannot hold both, and this one was not written`,
    `Give each ${short} a ${key} of its own: take out the row of Field Overrides in Commerce Map that fills it (the presets make it of the ID in the shop), publish the workflow, and requeue the record.`,
  );
}

/**
 * Whoever maps the primary key himself may give two records of the source one key. The second would be written over the
 * first, and the first be lost without a word.
 *
 * @param records of which each document of one run is made; undefined: nobody knows
 * @returns for each document why it must not be written; undefined: it may
 */
export function refuseShared(
  kind: SalesDocument,
  documents: Row[],
  records: (SourceRecord | undefined)[],
): (ServiceError | undefined)[] {
  const firsts = new Map<string, SourceRecord>();
  return documents.map((document, place) => {
    const id = guidIn(document[kind.key]);
    const record = records[place];
    if (id === undefined || record === undefined) return undefined;
    const first = firsts.get(id);
    if (first && isAnother(record, first)) return shared(kind, record, first);
    if (!first) firsts.set(id, record);
    return undefined;
  });
}
