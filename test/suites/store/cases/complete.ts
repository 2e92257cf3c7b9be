import type { IDataObject } from 'n8n-workflow';

import { documentOf, sourceOf } from '../items';
import type { Rig } from '../rig';

const byId = (items: IDataObject[]): Map<unknown, IDataObject> =>
  new Map(items.map((item) => [sourceOf(item).id, documentOf(item)]));

/** Every order that lives was put out, and at last with the content that it has now. */
export async function expectComplete(
  rig: Rig,
  living: string[],
  items: IDataObject[],
): Promise<void> {
  const last = byId(items);
  const run = await rig.run(rig.service.operations.getManyOrders(10_000), [{}]);
  const now = byId(run.output());
  expect(new Set(now.keys())).toEqual(new Set(living));
  expect(living.filter((id) => !last.has(id))).toEqual([]);
  expect(living.map((id) => last.get(id))).toEqual(living.map((id) => now.get(id)));
}
