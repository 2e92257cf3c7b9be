import { join } from 'node:path';

import { groupBy, uniq, upperFirst } from 'lodash';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

import { ORDER_TO_CASH } from '../../workflows/all';
import { abilitiesOf, type Ability } from '../editor/abilities';
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

/** As all stores call it: `Return: Get`, where the name of one has its own word beside it in brackets. */
const wordsOf = ({ title }: Ability): string => title.replace(/ \(.*?\)/g, '');
const resourceOf = (ability: Ability): string => wordsOf(ability).split(': ')[0] ?? '';

test('docs/stores.md says which store can do what', async () => {
  const stores = (await storeNodes()).map(({ name, description }) => ({
    name,
    abilities: abilitiesOf(description).flat(),
  }));
  const all = stores.flatMap(({ abilities }) => abilities);
  // One resource after the other, in the order of the first store that has it.
  const rows = Object.values(groupBy(all, resourceOf)).flatMap((abilities) =>
    uniq(abilities.map(wordsOf)).map((words) => [
      words,
      ...stores.map((store) => (store.abilities.map(wordsOf).includes(words) ? '✓' : '–')),
    ]),
  );
  expect(rows.length).toBeGreaterThan(20);
  expectTable('stores.md', 'operations', tableOf(['', ...stores.map(({ name }) => name)], rows));
});
