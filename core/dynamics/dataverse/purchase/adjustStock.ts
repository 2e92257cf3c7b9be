import { v5 as uuidV5 } from 'uuid';

import { ServiceError } from '../../../errors';
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
  resultOf,
} from './movements';
import { type FieldServiceNames, fieldServiceNames } from './names';

/** Field Service entity reference: msdyn_inventoryadjustment, msdyn_inventoryadjustmentproduct. */
const HEADER = { set: 'msdyn_inventoryadjustments', id: 'msdyn_inventoryadjustmentid' };
const LINE = { set: 'msdyn_inventoryadjustmentproducts', id: 'msdyn_inventoryadjustmentproductid' };

/** Cannot insert duplicate key (Dataverse docs: web-service-error-codes); no other duplicate says that the ID is taken. */
const ID_TAKEN = '0x80040237';

const lineOf = (id: string): string => uuidV5('line:1', id);

/** A movement that can be sent, and the columns of its line by which it is known again. */
interface Plan extends ReturnType<FieldServiceNames['item']> {
  movement: Movement;
  changes: ChangeSet;
}

async function planOf(
  movement: Movement,
  names: FieldServiceNames,
  headers: Record<string, string> | undefined,
): Promise<Plan> {
  const { id, asked } = movement;
  const { sku, unit, warehouse, quantity, description, record } = asked;
  const { productId, unitId } = names.item(sku, unit);
  const warehouseId = await names.warehouseId(warehouse);
  const options = { headers, repeatable: record !== undefined };
  const changeSet = [
    createOperation(
      HEADER.set,
      {
        [HEADER.id]: id,
        ...(description !== undefined && { msdyn_description: description }),
        'msdyn_warehouse@odata.bind': `/msdyn_warehouses(${warehouseId})`,
      },
      options,
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
      options,
    ),
  ];
  return { movement, productId, unitId, changes: { changeSet } };
}

/** All that can be sent; the others have their outcome. */
async function planned(
  movements: Movement[],
  names: FieldServiceNames,
  headers: Record<string, string> | undefined,
): Promise<Plan[]> {
  const plans = await Promise.all(
    movements.map(async (movement) => {
      const plan = await settle(() => planOf(movement, names, headers));
      if (!plan.ok) movement.outcome = plan;
      return plan.ok ? [plan.value] : [];
    }),
  );
  return plans.flat();
}

/** The column has two decimals, and may keep what was sent rounded. */
const isQuantity = (kept: unknown, sent: number): boolean =>
  typeof kept === 'number' && Math.abs(kept - sent) < 0.0051;

/** @param line of the adjustment that has the ID of this one */
function outcomeOfTaken(plan: Plan, line: Row | undefined): Outcome<AdjustmentResult> {
  const { movement, productId, unitId } = plan;
  const isThis =
    isQuantity(line?.['msdyn_quantity'], movement.asked.quantity) &&
    guidIn(line?.['_msdyn_product_value']) === guidIn(productId) &&
    guidIn(line?.['_msdyn_unit_value']) === guidIn(unitId);
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
      const isDoubtful = error.class === 'transient' && movement.asked.record === undefined;
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
  const ofAdjustment = movementsOf(adjustments);
  const movements = [...new Set(ofAdjustment)].filter(({ outcome }) => outcome === undefined);
  const asked = movements.map((movement) => movement.asked);
  const names = await fieldServiceNames(client, {
    products: asked.map(({ sku }) => sku),
    units: asked.flatMap(({ unit }) => unit ?? []),
    vendors: [],
    warehouses: asked.map(({ warehouse }) => warehouse),
  });
  await carryOut(client, await planned(movements, names, headers));
  return ofAdjustment.map(({ outcome }) => outcome ?? { ok: false, error: UNANSWERED });
}
