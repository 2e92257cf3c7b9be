/** What becomes of an item that says nothing of its order, as most changes of another system do. */
import type { INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { OneItem } from '../steps';

const CHOICES = ['fail', 'pass'] as const;
type Choice = (typeof CHOICES)[number];

/** Entry of *Options*. */
export const whenNothing: INodeProperties = {
  displayName: 'When There Is Nothing to Tell',
  name: 'whenNothing',
  type: 'options',
  options: [
    { name: 'Fail', value: 'fail' },
    {
      name: 'Pass On',
      value: 'pass',
      description: 'The item leaves as it came, and the store is asked for nothing',
    },
  ],
  default: 'fail',
  description:
    'What to do with an item without a status, or of Add Shipment without a tracking number; there an empty status then leaves that of the order as it is',
};

export function isPassedOn({ read, index }: OneItem): boolean {
  const choice = read<unknown>(`options.${whenNothing.name}`, index, 'fail');
  const known: Choice | undefined = CHOICES.find((each) => each === choice);
  if (known) return known === 'pass';
  throw validationError(
    `${whenNothing.displayName} is none of ${CHOICES.join(', ')}`,
    'Choose one from the list, or correct the expression of this field.',
  );
}
