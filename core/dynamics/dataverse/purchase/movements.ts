import { randomUUID } from 'node:crypto';
import { v5 as uuidV5 } from 'uuid';

import { IDENTITY_NAMESPACE } from '../../../commerce/identity';
import { ServiceError, validationError } from '../../../errors';
import type { Note } from '../../../notes';
import type { Outcome } from '../../../outcome';
import { folded } from '../filters';

/** How much to add to the stock of a product in a warehouse; less than 0 takes away. */
export interface Adjustment {
  /** Product number (SKU). */
  sku: string;
  /** Name or ID. */
  warehouse: string;
  quantity: number;
  /** Name of the unit; left out: the default unit of the product. */
  unit?: string;
  /** Why, for people. */
  description?: string;
  /** `platform:store:kind:id` of the record that it is made for: each movement of it is made once. */
  record?: string;
  /** Tells the movements of a record apart that are of the same product and warehouse: a line, an event. */
  movement?: string;
}

export interface AdjustmentResult {
  id: string;
  /** `unchanged`: it was made for this record before. */
  outcome: 'created' | 'unchanged';
  /** What a person should know, such as that several items have asked for the same movement. */
  notes?: Note[];
}

/** One movement on its way; items of a run that ask for the same share it. */
export interface Movement {
  id: string;
  asked: Adjustment;
  /** Items that ask for it. */
  items: number;
  outcome?: Outcome<AdjustmentResult>;
}

const NAME_IT =
  'Set Movement to what tells the movements of a record apart, such as the ID of the line, or "cancel" for taking back';

/** Nothing that another item of the run, or another run, can change: neither counts nor quantities. */
function keyOf({ record, sku, warehouse, movement = '' }: Adjustment): string | undefined {
  if (record === undefined) return undefined;
  return JSON.stringify([record, folded(sku), folded(warehouse), movement]);
}

const isSame = (one: Adjustment, other: Adjustment): boolean =>
  one.quantity === other.quantity && folded(one.unit) === folded(other.unit);

const told = ({ quantity, unit }: Adjustment): string =>
  unit === undefined ? String(quantity) : `${quantity} ${unit}`;

const named = ({ movement }: Adjustment): string =>
  movement === undefined ? 'have no name in Movement' : `are both "${movement}" in Movement`;

/** Which of them was meant nobody knows, and whichever is made first keeps the other out for good: none is made. */
function ambiguous(one: Adjustment, other: Adjustment): ServiceError {
  return validationError(
    `Two movements of ${one.sku} in ${one.warehouse} for the record ${one.record}, ${told(one)} and ${told(other)}, ${named(one)}; neither was made`,
    `${NAME_IT}.`,
  );
}

/** One movement for each adjustment, in their order; what differs under one key is refused. */
export function movementsOf(adjustments: Adjustment[]): Movement[] {
  const known = new Map<string, Movement>();
  return adjustments.map((asked) => {
    const key = keyOf(asked);
    if (key === undefined) return { id: randomUUID(), asked, items: 1 };
    const first = known.get(key);
    if (!first) {
      const id = uuidV5(`adjustment:${key}`, IDENTITY_NAMESPACE);
      const movement = { id, asked, items: 1 };
      known.set(key, movement);
      return movement;
    }
    first.items += 1;
    if (!isSame(first.asked, asked))
      first.outcome ??= { ok: false, error: ambiguous(first.asked, asked) };
    return first;
  });
}

export function resultOf(
  { id, items }: Movement,
  outcome: AdjustmentResult['outcome'],
): AdjustmentResult {
  if (items === 1) return { id, outcome };
  const message = `${items} items ask for the same movement, and it was made once. ${NAME_IT}, if each is one of its own.`;
  return { id, outcome, notes: [{ field: 'movement', message }] };
}

/** The key of this movement is that of another one, which has moved something else. */
export function otherMade({ asked }: Movement, made: string): ServiceError {
  return new ServiceError(
    `Another movement was made for this record: ${made}, and not ${told(asked)} of ${asked.sku}`,
    { class: 'conflict', fix: `${NAME_IT}; a correction is a movement by the difference.` },
  );
}

/** Without a key a second delivery would move the stock twice, and time heals nothing. */
export function doubtful({ asked }: Movement, cause: ServiceError): ServiceError {
  return new ServiceError(
    `Whether the stock of ${asked.sku} was moved is not known: ${cause.message}`,
    {
      class: 'unknown',
      code: cause.code,
      status: cause.status,
      requestId: cause.requestId,
      fix: 'Look in Inventory Adjustments of Dynamics 365 whether it was, before the item is run again. An item with the field source is moved once, however often it comes.',
      cause,
    },
  );
}
