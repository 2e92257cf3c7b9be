import { join } from 'node:path';

import { uniqBy, upperFirst } from 'lodash';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { ORDER_TO_CASH } from '../../workflows/all';
import { abilitiesOf } from '../editor/abilities';
import { expectTable, tableOf } from './markdown';

/** The table of docs/stores.md is made of what the nodes say of themselves. `UPDATE_DOCS=1` writes it. */

interface StoreNode {
  name: string;
  description: INodeTypeDescription;
}

/** `threeDCart` is the class `ThreeDCart` in a folder and a file of that name. */
async function describedBy(nodeType: string): Promise<INodeTypeDescription> {
  const name = upperFirst(nodeType);
  const file = join(__dirname, '../../nodes', name, `${name}.node.ts`);
  const { [name]: Type } = (await import(file)) as Record<string, new () => INodeType>;
  if (!Type) throw new Error(`${file} has no class ${name}`);
  return new Type().description;
}

const storeNodes = (): Promise<StoreNode[]> =>
  Promise.all(
    ORDER_TO_CASH.map(async ({ store: { name, orders } }) => ({
      name,
      description: await describedBy(orders.trigger.replace(/Trigger$/, '')),
    })),
  );

test('docs/stores.md says which store can do what', async () => {
  const stores = (await storeNodes()).map(({ name, description }) => ({
    name,
    abilities: abilitiesOf(description).flat(),
  }));
  const all = stores.flatMap(({ abilities }) => abilities);
  // One resource after the other, in the order of the first store that has it.
  const resources = uniqBy(all, ({ parameters }) => parameters.resource);
  const rows = resources.flatMap(({ parameters: { resource } }) =>
    uniqBy(
      all.filter(({ parameters }) => parameters.resource === resource),
      ({ parameters }) => parameters.operation,
    ).map(({ title, parameters: { operation } }) => [
      title,
      ...stores.map(({ abilities }) =>
        abilities.some(
          ({ parameters }) =>
            parameters.resource === resource && parameters.operation === operation,
        )
          ? '✓'
          : '–',
      ),
    ]),
  );
  expect(rows.length).toBeGreaterThan(20);
  expectTable('stores.md', 'operations', tableOf(['', ...stores.map(({ name }) => name)], rows));
});
