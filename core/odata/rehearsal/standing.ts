import { uniq } from 'lodash';

import { type Outcome, settle, settleNow } from '../../outcome';
import { isRow } from '../answers';
import { queryString } from '../query';
import type { BatchOutcome, Row, SingleOperation } from '../types';
import { toRead } from './columns';
import { type Address, addressIn, type Intent } from './intent';
import type { Reader, RehearsalRules } from './rules';

/** Reads as few requests as a client would: one alone as it is, and several in batches. */
export async function readAll(
  { request, batch }: Reader,
  reads: SingleOperation[],
): Promise<BatchOutcome[]> {
  const [only, ...others] = reads;
  if (!only) return [];
  return others.length === 0 ? [await settle(async () => await request(only))] : await batch(reads);
}

/** A row that has to be read before a request can be rehearsed. Without columns the row is read whole. */
export interface Wanted {
  at: Address;
  select?: string[];
}

/** An address as it stands in a request: `accounts`, `accounts(…)`. */
export const textOf = ({ set, key }: Address): string =>
  key === undefined ? set : `${set}(${key})`;

/** What was said of one row that was asked for; undefined: nothing, or something that is no row. */
export const rowAsked = (outcome: BatchOutcome | undefined): Outcome<Row> | undefined => {
  if (!outcome?.ok) return outcome;
  const { body } = outcome.value;
  return isRow(body) ? { ok: true, value: body } : undefined;
};

/** A property, and what a person knows its value by. */
export const shownProperties = ({ shownBy }: RehearsalRules, property: string): string[] =>
  shownBy ? [property, shownBy(property)] : [property];

/** What a property holds as a person knows it, such as the name of a file; null: nothing. */
export const shownValue = ({ shownBy }: RehearsalRules, property: string, row: Row): unknown =>
  (shownBy && row[shownBy(property)]) ?? row[property] ?? null;

/** The key that a new row brings with it. */
export function ownKey({ body, primaryId }: SingleOperation): string | undefined {
  const key = primaryId === undefined ? undefined : (body as Row | undefined)?.[primaryId];
  return typeof key === 'string' && key !== '' ? key : undefined;
}

/** The rows that a request is about. */
export function wantedBy(
  operation: SingleOperation,
  intent: Intent,
  { rules, root }: { rules: RehearsalRules; root: string },
): Wanted[] {
  const only = operation.primaryId === undefined ? undefined : [operation.primaryId];
  const body = isRow(operation.body) ? operation.body : {};
  switch (intent.kind) {
    case 'read':
      return [];
    case 'create': {
      const key = ownKey(operation);
      return key === undefined ? [] : [{ at: { ...intent.at, key }, select: only }];
    }
    case 'change':
      return [
        {
          at: intent.at,
          select: asksForAll(operation) ? undefined : toRead(body, rules),
        },
      ];
    case 'clear':
      return [{ at: intent.at, select: shownProperties(rules, intent.property) }];
    case 'link':
    case 'unlink': {
      const { to } = intent;
      return [{ at: intent.at }, ...(to === undefined ? [] : [{ at: addressIn(to, root) }])];
    }
    case 'delete':
      return [{ at: intent.at, select: only }];
    case 'replace':
      return [{ at: intent.at }];
    case 'call':
      return intent.at?.key === undefined ? [] : [{ at: intent.at }];
  }
}

/** Whether a write asks for the row as it stands afterwards (OData 4.0 Protocol, 8.2.8.7: `Prefer: return=representation`). */
export const asksForRow = ({ headers = {} }: SingleOperation): boolean =>
  Object.entries(headers).some(
    ([name, value]) => name.toLowerCase() === 'prefer' && value.includes('return=representation'),
  );

const asksForAll = (operation: SingleOperation): boolean =>
  asksForRow(operation) && !operation.path.includes('$select=');

/** What the rows are that were asked for, by their addresses. */
export class Standing {
  private readonly rows = new Map<string, Outcome<Row>>();

  constructor(
    private readonly reader: Reader,
    private readonly rules: RehearsalRules,
  ) {}

  of(at: Address): Outcome<Row> | undefined {
    return this.rows.get(nameOf(at));
  }

  /** Reads what is not known yet. A column that cannot be read alone, or that is none, leaves the row to be read whole. */
  async learn(wanted: Wanted[]): Promise<void> {
    const known = new Map<string, Wanted>();
    for (const one of wanted) {
      const name = nameOf(one.at);
      const other = known.get(name);
      const select = other ? both(other.select, one.select) : one.select;
      if (!this.rows.has(name)) known.set(name, { at: one.at, select });
    }
    const asked = [...known.values()];
    const refused = await this.ask(asked);
    await this.ask(refused.map(({ at }) => ({ at })));
  }

  private async ask(wanted: Wanted[]): Promise<Wanted[]> {
    const answers = await readAll(
      this.reader,
      wanted.map((one) => this.question(one)),
    );
    return wanted.filter((one, index) => {
      const outcome = rowAsked(answers[index]);
      if (outcome) this.rows.set(nameOf(one.at), outcome);
      return outcome?.ok === false && outcome.error.class === 'validation' && one.select;
    });
  }

  private question({ at, select }: Wanted): SingleOperation {
    const { words } = this.reader.service;
    const names = select && settleNow(() => queryString({ select }, words.column));
    return {
      method: 'GET',
      path: `${textOf(at)}${names?.ok ? names.value : ''}`,
      headers: { ...this.rules.readHeaders },
    };
  }
}

const nameOf = (at: Address): string => textOf(at).toLowerCase();

function both(one: string[] | undefined, other: string[] | undefined): string[] | undefined {
  return one && other ? uniq([...one, ...other]) : undefined;
}
