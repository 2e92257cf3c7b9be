import type { IDataObject } from 'n8n-workflow';

import { documentOf } from '../items';
import type { Rig } from '../rig';

/** Every order that lives was put out, and at last with the content that it has now. */
export async function expectComplete(
  rig: Rig,
  living: string[],
  items: IDataObject[],
): Promise<void> {
  const { idOf, isOne, shownAlike } = rig.followed;
  const byId = (all: IDataObject[]): Map<string, IDataObject> =>
    new Map(all.map((item) => [idOf(item), shownAlike(documentOf(item))]));
  const last = byId(items);
  const run = await rig.run(rig.service.operations.getManyOrders(10_000), [{}]);
  const now = byId(run.output().filter(isOne));
  expect(new Set(now.keys())).toEqual(new Set(living));
  expect(living.filter((id) => !last.has(id))).toEqual([]);
  expect(living.map((id) => last.get(id))).toEqual(living.map((id) => now.get(id)));
}
