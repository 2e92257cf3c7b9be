import type { Metadata, Table } from '../../../core/dynamics/tables';
import { ServiceError } from '../../../core/errors';
import type { Candidate, Subject } from './service';

/** "msdyn_vendor (dual-write) or account (Field Service)" */
export function candidateNames(candidates: readonly Candidate[]): string {
  const names = candidates.map(({ logicalName, from }) => `${logicalName} (${from})`);
  return [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' or ');
}

/** No item can be written before a person has set this right: the same holds for all that come. */
function noneThere({ plural, candidates = [], whenNone }: Subject): ServiceError {
  return new ServiceError(
    `This environment has no table for ${plural}: ${candidateNames(candidates)}`,
    { class: 'configuration', fix: `${whenNone ?? ''} Or choose another table in Table.`.trim() },
  );
}

/**
 * The first table of a subject's candidates that the environment has; one question for all of them, however many items
 * there are.
 */
export async function foundTable<T extends Table>(
  metadata: Metadata<T>,
  subject: Subject<T>,
): Promise<T> {
  const names = (subject.candidates ?? []).map(({ logicalName }) => logicalName);
  const [first] = await metadata.existing(names);
  if (first) return first;
  throw noneThere(subject);
}
