import type { ServiceError } from '../../../errors';
import { listIn } from '../../../odata/listIn';
import type { BatchOutcome } from '../../../odata/types';
import type { Outcome } from '../../../outcome';
import { callActions } from '../actions/call';
import type { Dataverse } from '../types';
import type { Moved } from './move';
import { type Deed, doOnce, type OnceOptions } from './once';
import { closedOtherwise } from './refusals';
import type { SalesDocument } from './salesDocument';

type Priced = SalesDocument & Required<Pick<SalesDocument, 'pricing'>>;

interface ToLock {
  id: string;
  places?: number[];
}

interface Seen {
  state: number;
  isLocked: boolean;
}

class Locker implements Deed<ToLock, Seen, Moved> {
  readonly looksFirst = true;

  constructor(
    readonly client: Dataverse,
    readonly kind: Priced,
    readonly wanted: boolean,
    readonly options: Omit<OnceOptions, 'whenDone'>,
  ) {}

  async look(ids: string[]): Promise<Map<string, Seen>> {
    const { set, key } = this.kind;
    const select = [key, 'statecode', 'ispricelocked'];
    const [rows = []] = await listIn(this.client, [{ set, column: key, values: ids, select }]);
    return new Map(
      rows.map((row) => [
        String(row[key]).toLowerCase(),
        { state: Number(row['statecode']), isLocked: row['ispricelocked'] === true },
      ]),
    );
  }

  fateOf({ id }: ToLock, seen: Seen | undefined): Outcome<Moved> | undefined {
    if (!seen) {
      const isSkipped = this.options.whenNotFound === 'skip';
      return isSkipped ? { ok: true, value: { id, outcome: 'skipped' } } : undefined;
    }
    const isThere = seen.isLocked === this.wanted;
    return isThere ? { ok: true, value: { id, outcome: 'unchanged' } } : undefined;
  }

  async send(documents: ToLock[]): Promise<BatchOutcome[]> {
    const { set, pricing } = this.kind;
    const { parameter, lock, unlock } = pricing;
    return await callActions(
      this.client,
      { ...(this.wanted ? lock : unlock), set, row: parameter },
      documents.map(({ id: key, places }) => ({
        parameters: {},
        key,
        headers: this.options.headers,
        places,
      })),
    );
  }

  done({ id }: ToLock): Moved {
    return { id, outcome: 'done' };
  }

  turnedOut(document: ToLock, seen: Seen | undefined): Moved | undefined {
    return seen?.isLocked === this.wanted ? this.done(document) : undefined;
  }

  whyRefused(_document: ToLock, seen: Seen | undefined): ServiceError | undefined {
    const isOpen = seen === undefined || this.kind.editable.includes(seen.state);
    return isOpen ? undefined : closedOtherwise(this.kind, seen.state);
  }
}

/**
 * Locks the prices of many documents, so that changes of price lists reach them no more, or unlocks them. Those that
 * are so already stay as they are.
 *
 * @returns one outcome for each, in their order
 */
export async function setPricesLocked(
  client: Dataverse,
  kind: Priced,
  locked: boolean,
  documents: ToLock[],
  options: Omit<OnceOptions, 'whenDone'> = {},
): Promise<Outcome<Moved>[]> {
  return await doOnce(new Locker(client, kind, locked, options), documents);
}
