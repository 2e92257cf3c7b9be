import { v5 as uuidV5 } from 'uuid';

import { ServiceError } from '../../../errors';
import { isInDoubt } from '../../../http/doubt';
import { isCancelled } from '../../../http/wait';
import { listIn } from '../../../odata/listIn';
import { sendAll } from '../../../odata/sendAll';
import type { ChangeSet, Row } from '../../../odata/types';
import { type Outcome, settle } from '../../../outcome';
import { guidIn } from '../../../values';
import { createOperation } from '../operations';
import type { Dataverse } from '../types';
import {
  type Adjustment,
  type AdjustmentResult,
  doubtful,
  type Movement,
  movementsOf,
  otherMade,
  type Place,
  resultOf,
} from './movements';
import { type FieldServiceNames, fieldServiceNames } from './names';

/** Field Service entity reference: msdyn_inventoryadjustment, msdyn_inventoryadjustmentproduct. */
const HEADER = { set: 'msdyn_inventoryadjustments', id: 'msdyn_inventoryadjustmentid' };
const LINE = { set: 'msdyn_inventoryadjustmentproducts', id: 'msdyn_inventoryadjustmentproductid' };

/** Cannot insert duplicate key (Dataverse docs: web-service-error-codes); no other duplicate says that the ID is taken. */
const ID_TAKEN = '0x80040237';

const lineOf = (id: string): string => uuidV5('line:1', id);

/** A movement as it is sent. */
interface Plan {
  movement: Movement;
  changes: ChangeSet;
}

function planOf(
  movement: Movement,
  headers: Record<string, string> | undefined,
  places: number[],
): Plan {
  const { id, asked, place } = movement;
  const { quantity, description, record } = asked;
  const { productId, unitId, warehouseId } = place;
  const options = { headers, repeatable: record !== undefined, places };
  const changeSet = [
    createOperation(
      HEADER.set,
      {
        [HEADER.id]: id,
        ...(description !== undefined && { msdyn_description: description }),
        'msdyn_warehouse@odata.bind': `/msdyn_warehouses(${warehouseId})`,
      },
      { ...options, primaryId: HEADER.id },
    ),
    createOperation(
      LINE.set,
      {
        [LINE.id]: lineOf(id),
        msdyn_quantity: quantity,
        'msdyn_inventoryadjustment@odata.bind': `/${HEADER.set}(${id})`,
        'msdyn_product@odata.bind': `/products(${productId})`,
        'msdyn_unit@odata.bind': `/uoms(${unitId})`,
      },
      { ...options, primaryId: LINE.id },
    ),
  ];
  return { movement, changes: { changeSet } };
}

/** What each adjustment names, or why it stands for nothing. */
async function placesOf(
  adjustments: Adjustment[],
  names: FieldServiceNames,
): Promise<Outcome<Place>[]> {
  const placeOf = async ({ sku, unit, warehouse }: Adjustment): Promise<Place> => {
    const { productId, unitId } = names.item(sku, unit);
    const warehouseId = await names.warehouseId(warehouse);
    return {
      productId: productId.toLowerCase(),
      unitId: unitId.toLowerCase(),
      warehouseId: warehouseId.toLowerCase(),
    };
  };
  return await Promise.all(adjustments.map((one) => settle(() => placeOf(one))));
}

/** The column has two decimals, and may keep what was sent rounded. */
const isQuantity = (kept: unknown, sent: number): boolean =>
  typeof kept === 'number' && Math.abs(kept - sent) < 0.0051;

/** @param line of the adjustment that has the ID of this one */
function outcomeOfTaken(plan: Plan, line: Row | undefined): Outcome<AdjustmentResult> {
  const { movement } = plan;
  const { productId, unitId } = movement.place;
  const isThis =
    isQuantity(line?.['msdyn_quantity'], movement.asked.quantity) &&
    guidIn(line?.['_msdyn_product_value']) === productId &&
    guidIn(line?.['_msdyn_unit_value']) === unitId;
  if (isThis) return { ok: true, value: resultOf(movement, 'unchanged') };
  const made = line
    ? `${Number(line['msdyn_quantity'])} by the adjustment ${movement.id}`
    : `the adjustment ${movement.id}, whose product is gone`;
  return { ok: false, error: otherMade(movement, made) };
}

/** What is behind the IDs that were refused: the same movements, made before, or others. */
async function settleTaken(client: Dataverse, plans: Plan[]): Promise<void> {
  const values = plans.map(({ movement }) => lineOf(movement.id));
  const select = [LINE.id, 'msdyn_quantity', '_msdyn_product_value', '_msdyn_unit_value'];
  const read = await settle(() =>
    listIn(client, [{ set: LINE.set, column: LINE.id, values, select }]),
  );
  const lines = new Map(
    (read.ok ? read.value.flat() : []).map((row) => [guidIn(row[LINE.id]), row]),
  );
  for (const plan of plans) {
    const { movement } = plan;
    movement.outcome = read.ok ? outcomeOfTaken(plan, lines.get(lineOf(movement.id))) : read;
  }
}

const UNANSWERED = new ServiceError('There was no answer for this adjustment', {
  class: 'transient',
});

async function carryOut(client: Dataverse, plans: Plan[]): Promise<void> {
  const answers = await sendAll(
    client,
    plans.map(({ changes }) => changes),
  );
  const taken: Plan[] = [];
  for (const [index, plan] of plans.entries()) {
    const { movement } = plan;
    const answer = answers[index] ?? { ok: false, error: UNANSWERED };
    if (answer.ok) {
      movement.outcome = { ok: true, value: resultOf(movement, 'created') };
    } else if (answer.error.code === ID_TAKEN) {
      taken.push(plan);
    } else {
      const { error } = answer;
      const isDoubtful =
        movement.asked.record === undefined && isInDoubt(error) && !isCancelled(error);
      movement.outcome = { ok: false, error: isDoubtful ? doubtful(movement, error) : error };
    }
  }
  if (taken.length > 0) await settleTaken(client, taken);
}

/**
 * Moves stock of Field Service by inventory adjustments, the only way that keeps its journal: each with its product in one
 * change set, so that none stands without. A movement for a record has a key of its own: a second delivery is refused, and
 * counts as done where what is there is the same movement.
 *
 * @returns one outcome for each adjustment, in their order; those that ask for the same movement share one
 */
export async function adjustStock(
  client: Dataverse,
  adjustments: Adjustment[],
  { headers }: { headers?: Record<string, string> } = {},
): Promise<Outcome<AdjustmentResult>[]> {
  const names = await fieldServiceNames(client, {
    products: adjustments.map(({ sku }) => sku),
    units: adjustments.flatMap(({ unit }) => unit ?? []),
    vendors: [],
    warehouses: adjustments.map(({ warehouse }) => warehouse),
  });
  const ofAdjustment = movementsOf(adjustments, await placesOf(adjustments, names));
  const movements = [...new Set(ofAdjustment)].filter(
    (one): one is Movement => one.outcome === undefined && 'id' in one,
  );
  const placesOfMovement = (movement: Movement): number[] =>
    [...ofAdjustment.keys()].filter((place) => ofAdjustment[place] === movement);
  await carryOut(
    client,
    movements.map((movement) => planOf(movement, headers, placesOfMovement(movement))),
  );
  return ofAdjustment.map(({ outcome }) => outcome ?? { ok: false, error: UNANSWERED });
}
