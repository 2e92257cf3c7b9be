import { randomUUID } from 'node:crypto';
import { v5 as uuidV5 } from 'uuid';

import { IDENTITY_NAMESPACE } from '../../../commerce/identity';
import { ServiceError } from '../../../errors';
import { sendAll } from '../../../odata/sendAll';
import type { ChangeSet, CreateOptions } from '../../../odata/types';
import { type Outcome, settle } from '../../../outcome';
import { createOperation } from '../operations';
import type { Dataverse } from '../types';
import { type FieldServiceNames, fieldServiceNames } from './names';

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
  /** `platform:store:kind:id` of the record that it is made for: the same one is never adjusted for twice. */
  record?: string;
}

export interface AdjustmentResult {
  id: string;
  /** `unchanged`: it was made for this record before. */
  outcome: 'created' | 'unchanged';
}

/** Field Service entity reference: msdyn_inventoryadjustment, msdyn_inventoryadjustmentproduct. */
const HEADER = { set: 'msdyn_inventoryadjustments', id: 'msdyn_inventoryadjustmentid' };
const LINE = { set: 'msdyn_inventoryadjustmentproducts', id: 'msdyn_inventoryadjustmentproductid' };

/**
 * Always the same for the same record. It may move the stock of several products and warehouses, and the same one in
 * several items, such as two lines of an order: those are counted.
 */
function idsOf(adjustments: Adjustment[]): string[] {
  const seen = new Map<string, number>();
  return adjustments.map(({ record, sku, warehouse }) => {
    if (record === undefined) return randomUUID();
    const key = [record, sku.toLowerCase(), warehouse.toLowerCase()].join(':');
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return uuidV5(`adjustment:${key}:${count}`, IDENTITY_NAMESPACE);
  });
}

async function changeSetOf(
  adjustment: Adjustment,
  id: string,
  names: FieldServiceNames,
  options: CreateOptions,
): Promise<ChangeSet> {
  const { sku, unit, warehouse, quantity, description } = adjustment;
  const { productId, unitId } = names.item(sku, unit);
  const warehouseId = await names.warehouseId(warehouse);
  return {
    changeSet: [
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
          [LINE.id]: uuidV5('line:1', id),
          msdyn_quantity: quantity,
          'msdyn_inventoryadjustment@odata.bind': `/${HEADER.set}(${id})`,
          'msdyn_product@odata.bind': `/products(${productId})`,
          'msdyn_unit@odata.bind': `/uoms(${unitId})`,
        },
        options,
      ),
    ],
  };
}

/**
 * Moves stock of Field Service by inventory adjustments, the only way that keeps its journal: each with its product in one
 * change set, so that none stands without. With a key of its own a second delivery is refused, and counts as done.
 *
 * @returns one outcome for each adjustment, in their order
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
  const ids = idsOf(adjustments);
  const options = { headers, repeatable: true };
  const plans = await Promise.all(
    adjustments.map((one, index) =>
      settle(() => changeSetOf(one, ids[index] ?? '', names, options)),
    ),
  );
  const answers = (
    await sendAll(
      client,
      plans.flatMap((plan) => (plan.ok ? [plan.value] : [])),
    )
  ).values();
  return plans.map((plan, index): Outcome<AdjustmentResult> => {
    if (!plan.ok) return plan;
    const answer = answers.next().value;
    const id = ids[index] ?? '';
    if (answer?.ok) return { ok: true, value: { id, outcome: 'created' } };
    if (answer?.error.class === 'duplicate')
      return { ok: true, value: { id, outcome: 'unchanged' } };
    const error =
      answer?.error ??
      new ServiceError('There was no answer for this adjustment', { class: 'transient' });
    return { ok: false, error };
  });
}
