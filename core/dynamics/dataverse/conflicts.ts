import { ServiceError } from '../../errors';

/** What rows and documents of Sales have in common where both sides have changed them. */

const BINDING = /@odata\.bind$/;

export const isBinding = (column: string): boolean => BINDING.test(column);

/** `customerid_contact@odata.bind` → `customerid_contact`. */
export const columnName = (column: string): string => column.replace(BINDING, '');

/**
 * Whether the source's change is the newer one. What is not known of either side speaks for the source.
 *
 * @param changedAt when the source changed the record, in milliseconds since the epoch
 * @param modifiedOn the column of that name of the row
 */
export function isNewer(changedAt: number | undefined, modifiedOn: unknown): boolean {
  const modified = typeof modifiedOn === 'string' ? Date.parse(modifiedOn) : NaN;
  return changedAt === undefined || Number.isNaN(modified) || changedAt >= modified;
}

/** A person is to decide, and nothing of what the item says is sent until then. */
export function undecided(title: string, fields: string[]): ServiceError {
  return new ServiceError(
    `${title} was changed in the source and in Dynamics 365: ${fields.join(', ')}`,
    {
      class: 'held',
      code: 'CONFLICT',
      fix: 'Make both sides equal, or requeue the record in the Sync Ledger with Conflicts: Source Wins writes what comes in, such as what the shop has, Target Wins leaves Dynamics 365 as it is.',
    },
  );
}
