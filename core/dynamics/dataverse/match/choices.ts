import type { Outcome } from '../../../outcome';
import type { SentMemory } from '../../../sync/memory';
import { keysOf, type MatchRule, type Wanted } from './decide';

/**
 * Opens the memory of what one rule has chosen. Another rule has another memory: whoever changes the rule wants
 * customers to be looked for again.
 *
 * @param placeOf at which place of the list a customer stands, by the id that his choice is kept under
 */
export type ChoiceMemory = (
  rule: MatchRule,
  placeOf: (id: string) => number | undefined,
) => SentMemory;

/** A customer, and where he stands among those who were handed in. */
interface Placed {
  wanted: Wanted;
  place: number;
}

/** What a choice is kept under: the customer's key, or that of one of several who share an address. */
const idOf = (wanted: Wanted, rule: MatchRule): string => keysOf(wanted, rule).at(-1) ?? wanted.key;

function rowIn(document: object | undefined): string | undefined {
  const { row } = (document ?? {}) as { row?: unknown };
  return typeof row === 'string' ? row : undefined;
}

/** Which rows customers were taken for before, and which they are taken for now. */
export class Choices {
  private readonly memory?: SentMemory;

  constructor(
    placed: Placed[],
    private readonly rule: MatchRule,
    memory?: ChoiceMemory,
  ) {
    const places = new Map(placed.map(({ wanted, place }) => [idOf(wanted, rule), place]));
    this.memory = memory?.(rule, (id) => places.get(id));
  }

  /** The same customers, with the row that each was taken for before. */
  async recall(wanted: Wanted[]): Promise<Wanted[]> {
    const known = await this.memory?.recall(wanted.map((one) => idOf(one, this.rule)));
    return wanted.map((one, index) => {
      const chosen = rowIn(known?.[index]?.confirmed);
      return chosen === undefined ? one : { ...one, chosen };
    });
  }

  /**
   * A row that has the very id which the choice would be kept under is found without being remembered, but for one that
   * takes the place of another.
   */
  async keep(wanted: Wanted[], outcomes: Outcome<{ id: string }>[]): Promise<void> {
    const chosen = wanted.flatMap((one, index) => {
      const outcome = outcomes[index];
      const id = idOf(one, this.rule);
      const row = outcome?.ok ? outcome.value.id : undefined;
      return row !== undefined && (row !== id || one.chosen) ? [{ id, row }] : [];
    });
    if (!this.memory || chosen.length === 0) return;
    await this.memory.remember(chosen.map(({ id, row }) => ({ id, document: { row } })));
    await this.memory.confirm(chosen.map(({ id }) => id));
  }
}
