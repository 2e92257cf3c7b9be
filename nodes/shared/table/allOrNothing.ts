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

const TAKEN = new ServiceError('Its record has been taken by another run', {
  class: 'transient',
});

/**
 * Steps whose items are written all or none. Where one of them cannot even be prepared, nothing is sent: the others fail
 * with the reason of that one.
 *
 * @param places Of the items that are worked on. One whose claim is lost never comes to be prepared.
 */
export function allOrNothing<Work, Result>(
  steps: ItemSteps<Work, Result>,
  places: readonly number[],
): ItemSteps<Work, Result> {
  const seen = new Set<number>();
  let ready = 0;
  let failed: Blame | undefined;
  /** Another run has the record of one of them: before it was prepared, or, which is told of none, since. */
  const taken = (left: number): Blame | undefined => {
    const lost = places.find((index) => !seen.has(index));
    if (lost !== undefined) return { name: itemName(lost), error: TAKEN };
    return left < ready ? { name: 'one of them', error: TAKEN } : undefined;
  };
  return {
    ...steps,
    async prepare(item, index) {
      seen.add(index);
      const prepared = await settle(() => steps.prepare(item, index));
      if (!prepared.ok) {
        failed ??= { name: itemName(index), error: prepared.error };
        throw prepared.error;
      }
      if (prepared.value !== undefined) ready += 1;
      return prepared.value;
    },
    async run(all) {
      const blame = failed ?? taken(all.length);
      if (!blame) return await steps.run(all);
      const error = notCarriedOut(blame.error, blame.name);
      return all.map(() => ({ ok: false, error }));
    },
  };
}
