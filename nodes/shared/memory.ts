import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isDryRun } from '../../core/dryRun';
import type { Ledger } from '../../core/ledger/ledger';
import type { SentTo } from '../../core/ledger/memory';
import { ledgerById, openedLedgers } from '../../core/ledger/open';
import type { Memory, SentMemory } from '../../core/sync/memory';
import { tokenOf } from './claims';
import { dryClaimOf } from './dryClaim';
import { lookOf } from './look';

/** The row that the item at this place is written to. */
export interface ItemRow {
  index: number;
  target: SentTo;
}

/** What was sent to the rows that the items of a run are written to. */
export interface ItemMemory {
  recall(rows: ItemRow[]): Promise<(Memory | undefined)[]>;
  remember(rows: Array<ItemRow & { document: object }>): Promise<void>;
  confirm(rows: ItemRow[]): Promise<void>;
  /** The same for one table, as core uses it. `indexOf`: the place of an item that is written to the row. */
  of(
    table: Pick<SentTo, 'system' | 'table'>,
    indexOf: (id: string) => number | undefined,
  ): SentMemory;
}

/** `id` of the ledger that has the record of an item that a dry run leaves untaken. */
function untakenIn(item: INodeExecutionData): string | undefined {
  return isDryRun() ? (dryClaimOf(item) ?? lookOf(item))?.ledger : undefined;
}

/** Whether a ledger may know what was sent to the rows of an item. */
export function isOfLedger(item: INodeExecutionData): boolean {
  return tokenOf(item) !== undefined || untakenIn(item) !== undefined;
}

/** The ledger that each item's claim is of; undefined: the item has no claim, or its ledger is not open here. */
async function ledgersOf(items: INodeExecutionData[]): Promise<(Ledger | undefined)[]> {
  const tokens = items.map(tokenOf);
  const claimed = tokens.filter((token) => token !== undefined);
  const byToken = new Map<string, Ledger>();
  for (const ledger of claimed.length > 0 ? await openedLedgers() : []) {
    const known = await ledger.knows(claimed);
    claimed.forEach((token, place) => known[place] && byToken.set(token, ledger));
  }
  const untaken = items.map(untakenIn);
  const ids = new Set(untaken.filter((id) => id !== undefined));
  const byId = new Map<string, Ledger | undefined>();
  for (const id of ids) byId.set(id, await ledgerById(id));
  return tokens.map((token, place) =>
    token === undefined ? byId.get(untaken[place] ?? '') : byToken.get(token),
  );
}

class ClaimedMemory implements ItemMemory {
  private ledgers?: Promise<(Ledger | undefined)[]>;
  /** What was remembered last, by row: it is confirmed, and not what another run has written down since. */
  private readonly sent = new Map<string, object>();
  /** What could not be written down before it was sent, by row. */
  private readonly missed = new Map<string, { target: SentTo; document: object }>();

  constructor(
    private readonly context: IExecuteFunctions,
    private readonly items: INodeExecutionData[],
  ) {}

  async recall(rows: ItemRow[]): Promise<(Memory | undefined)[]> {
    const memories: (Memory | undefined)[] = rows.map(() => undefined);
    await this.eachLedger(rows, 'recalled', async (ledger, places) => {
      const found = await ledger.recall(places.map((place) => targetAt(rows, place)));
      places.forEach((place, at) => (memories[place] = found[at]));
    });
    return memories;
  }

  /**
   * An item is sent also where this fails. A ledger that is locked for a while, or a full disk, would otherwise keep
   * orders out for the sake of a comparison, and they are written safely without it. What was missed is made up for as
   * soon as the row is confirmed.
   */
  async remember(rows: Array<ItemRow & { document: object }>): Promise<void> {
    for (const { target, document } of rows) this.sent.set(rowText(target), document);
    const missed = await this.eachLedger(rows, 'remembered', async (ledger, places) => {
      await ledger.remember(places.flatMap((place) => rows[place] ?? []));
    });
    for (const place of missed) {
      const row = rows[place];
      if (row) this.missed.set(rowText(row.target), row);
    }
  }

  async confirm(rows: ItemRow[]): Promise<void> {
    await this.eachLedger(rows, 'confirmed', async (ledger, places) => {
      const targets = places.map((place) => targetAt(rows, place));
      const missed = targets.flatMap((target) => this.missed.get(rowText(target)) ?? []);
      // Otherwise an older attempt would become what was sent.
      if (missed.length > 0) await ledger.remember(missed);
      const confirmed = targets.map((target) => ({
        ...target,
        sent: this.sent.get(rowText(target)),
      }));
      await ledger.confirm(confirmed);
      for (const target of targets) this.missed.delete(rowText(target));
    });
  }

  of(
    { system, table }: Pick<SentTo, 'system' | 'table'>,
    indexOf: (id: string) => number | undefined,
  ): SentMemory {
    const row = (id: string): ItemRow => ({
      index: indexOf(id) ?? NO_ITEM,
      target: { system, table, id },
    });
    return {
      recall: async (ids) => await this.recall(ids.map(row)),
      remember: async (entries) =>
        await this.remember(entries.map(({ id, document }) => ({ ...row(id), document }))),
      confirm: async (ids) => await this.confirm(ids.map(row)),
    };
  }

  /** Nothing that the ledger does here may fail an item. Returns the places of the rows that it was not done for. */
  private async eachLedger(
    rows: ItemRow[],
    done: string,
    work: (ledger: Ledger, places: number[]) => Promise<void>,
  ): Promise<number[]> {
    let left = [...rows.keys()];
    try {
      this.ledgers ??= ledgersOf(this.items);
      const groups = placesByLedger(rows, await this.ledgers);
      left = [...groups.values()].flat();
      for (const [ledger, places] of groups) {
        await work(ledger, places);
        left = left.slice(places.length);
      }
    } catch (error) {
      this.ledgers = undefined;
      const { message } = error as Error;
      this.context.logger.warn(`What was sent to rows could not be ${done}: ${message}`);
    }
    return left;
  }
}

/** No place in a list: whoever is written for no item has no claim. */
const NO_ITEM = -1;

const rowText = ({ system, table, id }: SentTo): string => JSON.stringify([system, table, id]);

function targetAt(rows: ItemRow[], place: number): SentTo {
  return (rows[place] as ItemRow).target;
}

function placesByLedger(rows: ItemRow[], ledgers: (Ledger | undefined)[]): Map<Ledger, number[]> {
  const places = new Map<Ledger, number[]>();
  for (const [place, { index }] of rows.entries()) {
    const ledger = ledgers[index];
    if (!ledger) continue;
    const list = places.get(ledger);
    if (list) list.push(place);
    else places.set(ledger, [place]);
  }
  return places;
}

/** In a dry run nothing is sent, and so nothing is noted; what was sent before is known all the same. */
class ReadMemory extends ClaimedMemory {
  override async remember(): Promise<void> {}

  override async confirm(): Promise<void> {}
}

/**
 * What the ledger that holds the items' claims knows of the rows that they are written to. Items without a claim, or
 * whose ledger is not open in this process, have no memory: nothing is known of their rows, and nothing is kept.
 */
export function memoryFor(context: IExecuteFunctions, items: INodeExecutionData[]): ItemMemory {
  return isDryRun() ? new ReadMemory(context, items) : new ClaimedMemory(context, items);
}
