import { checkEnvironment } from '../../../../core/dynamics/dataverse/prepare/prepare';
import type { Operation } from '../../../shared/operation';
import { once } from '../../../shared/steps';
import { checkFields } from './fields';
import { openChosen } from './open';

/** What an environment has of all that the templates need, and what would be changed. */
export const checkEnvironmentOperation: Operation = {
  name: 'Check',
  value: 'check',
  action: 'Check environment',
  description: 'Show what is missing in the environment and what would be changed, one item each',
  properties: checkFields,
  onlyReads: true,
  async start(context) {
    const { environment, requirements } = await openChosen(context);
    return once(async () => await checkEnvironment(environment, requirements));
  },
};
