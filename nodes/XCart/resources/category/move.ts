import type { Operation } from '../../../shared/operation';
import { categoryLocator, idOf } from '../../fields/locators';
import { eachItem } from '../../../shared/steps';
import { openStore } from '../../connection';

export const move: Operation = {
  name: 'Move',
  value: 'move',
  action: 'Move category',
  description: 'Put a category below another one, or at another position',
  properties: [
    categoryLocator,
    {
      displayName: 'New Parent ID',
      name: 'parent',
      type: 'number',
      default: 1,
      required: true,
      description: 'The category to put it below',
    },
    { displayName: 'Position', name: 'position', type: 'number', default: 0 },
  ],
  start: eachItem(openStore, async (store, { read, index }) => {
    const id = idOf(read, categoryLocator, index);
    const parent = read<number>('parent', index);
    const position = read<number>('position', index);
    await store.client.categories.move(id, { parent, position });
    return await store.client.categories.get(id);
  }),
};
