import { randomUUID } from 'node:crypto';
import { v5 as uuidV5 } from 'uuid';

import { IDENTITY_NAMESPACE } from '../../../commerce/identity';
import { ServiceError, validationError } from '../../../errors';
import { heldInDoubt } from '../../../http/doubt';
import type { Note } from '../../../notes';
import type { Outcome } from '../../../outcome';

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
  /** Names the record that it is made for, such as `platform:store:kind:id`: each movement of it is made once. */
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

/** IDs of what an adjustment names. */
export interface Place {
  productId: string;
  unitId: string;
  warehouseId: string;
}

/** One movement on its way; items of a run that ask for the same share it. */
export interface Movement {
  id: string;
  asked: Adjustment;
  place: Place;
  /** Items that ask for it. */
  items: number;
  outcome?: Outcome<AdjustmentResult>;
}

/** An adjustment that names what is not there, or what stands for several. */
export interface Refused {
  outcome?: Outcome<AdjustmentResult>;
}

const NAME_IT =
  'Set Movement to what tells the movements of a record apart, such as the ID of the line, or "cancel" for taking back';

/**
 * Nothing that another item of the run, or another run, can change: neither counts nor quantities. A product and a
 * warehouse have several spellings and one ID.
 */
function keyOf({ record, movement = '' }: Adjustment, place: Place): string | undefined {
  if (record === undefined) return undefined;
  return JSON.stringify([record, place.productId, place.warehouseId, movement]);
}

const isSame = (one: Movement, asked: Adjustment, place: Place): boolean =>
  one.asked.quantity === asked.quantity && one.place.unitId === place.unitId;

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

/**
 * One movement for each adjustment, in their order; what differs under one key is refused.
 *
 * @param places of the adjustments, in their order; those without one have failed already
 */
export function movementsOf(
  adjustments: Adjustment[],
  places: Outcome<Place>[],
): (Movement | Refused)[] {
  const known = new Map<string, Movement>();
  return adjustments.map((asked, index) => {
    const at = places[index];
    if (!at?.ok) return { outcome: at };
    const place = at.value;
    const key = keyOf(asked, place);
    if (key === undefined) return { id: randomUUID(), asked, place, items: 1 };
    const first = known.get(key);
    if (!first) {
      const id = uuidV5(`adjustment:${key}`, IDENTITY_NAMESPACE);
      const movement = { id, asked, place, items: 1 };
      known.set(key, movement);
      return movement;
    }
    first.items += 1;
    if (!isSame(first, asked, place))
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

/** Without a key a second delivery would move the stock twice, and time heals nothing: nobody sends it by himself. */
export function doubtful({ asked }: Movement, cause: ServiceError): ServiceError {
  return heldInDoubt(
    `Whether the stock of ${asked.sku} was moved is not known: ${cause.message}`,
    'Look in Inventory Adjustments of Dynamics 365 whether it was. If it was not, run this again, by Requeue where the Sync Ledger holds the record; if it was, Discard the record there. An item with the field source, or with a claim, is moved once, however often it comes.',
    cause,
  );
}
