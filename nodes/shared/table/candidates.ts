import type { Metadata, Table } from '../../../core/dynamics/tables';
import { ServiceError } from '../../../core/errors';
import type { Candidate, Subject } from './service';

/** "msdyn_vendor (dual-write) or account (Field Service)" */
export function candidateNames(candidates: readonly Candidate[]): string {
  const names = candidates.map(({ logicalName, from }) => `${logicalName} (${from})`);
  return [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' or ');
}

/** No item can be written before a person has set this right: the same holds for all that come. */
function noneThere(
  { plural, candidates = [], whenNone = '' }: Subject,
  more: string,
): ServiceError {
  return new ServiceError(
    `This environment has no table for ${plural}: ${candidateNames(candidates)}`,
    { class: 'configuration', fix: `${whenNone} ${more}`.trim() },
  );
}

/**
 * The first table of a subject's candidates that the environment has; one question for all of them, however many items
 * there are.
 *
 * @param more what else can be done where none is there; empty where the operation knows no other table
 */
export async function foundTable<T extends Table>(
  metadata: Metadata<T>,
  subject: Subject<T>,
  more = 'Or choose another table in Table.',
): Promise<T> {
  const names = (subject.candidates ?? []).map(({ logicalName }) => logicalName);
  const [first] = await metadata.existing(names);
  if (first) return first;
  throw noneThere(subject, more);
}
