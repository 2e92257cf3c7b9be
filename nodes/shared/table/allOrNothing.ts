import { ServiceError } from '../../../core/errors';
import { notCarriedOut } from '../../../core/odata/together';
import { settle } from '../../../core/outcome';
import type { ItemSteps } from '../steps';

/** How an error names an item: people count from 1. */
export const itemName = (index: number): string => `item ${index + 1}`;

interface Blame {
  name: string;
  error: ServiceError;
}

const TAKEN: Blame = {
  name: 'one of them',
  error: new ServiceError('Its record has been taken by another run', { class: 'transient' }),
};

/**
 * Steps whose items are written all or none. Where one of them cannot even be prepared, nothing is sent: the others fail
 * with the reason of that one.
 */
export function allOrNothing<Work, Result>(
  steps: ItemSteps<Work, Result>,
): ItemSteps<Work, Result> {
  let ready = 0;
  let failed: Blame | undefined;
  return {
    ...steps,
    async prepare(item, index) {
      const prepared = await settle(() => steps.prepare(item, index));
      if (!prepared.ok) {
        failed ??= { name: itemName(index), error: prepared.error };
        throw prepared.error;
      }
      if (prepared.value !== undefined) ready += 1;
      return prepared.value;
    },
    async run(all) {
      // Fewer than were prepared: another run has the record of one of them.
      const blame = failed ?? (all.length < ready ? TAKEN : undefined);
      if (!blame) return await steps.run(all);
      const error = notCarriedOut(blame.error, blame.name);
      return all.map(() => ({ ok: false, error }));
    },
  };
}
