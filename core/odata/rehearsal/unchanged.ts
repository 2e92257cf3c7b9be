import type { ODataClient } from '../types';

/**
 * Notes, in a dry run, of a row that nothing is sent to because it is what it is asked to be.
 *
 * @param places of those who ask for it
 */
export function noteUnchanged(
  { dryRun, service }: Pick<ODataClient, 'dryRun' | 'service'>,
  { set, id }: { set: string; id: string },
  places?: readonly number[],
): void {
  dryRun?.note({ action: 'unchanged', system: service.words.name, table: set, id }, places);
}
