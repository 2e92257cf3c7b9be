import { prepareEnvironment } from '../../../../core/dynamics/dataverse/prepare/prepare';
import type { Operation } from '../../../shared/operation';
import { once } from '../../../shared/steps';
import { prepareFields } from './fields';
import { openChosen } from './open';

/** Makes what is missing. What fails is an item like the others, which says why. */
export const prepareEnvironmentOperation: Operation = {
  name: 'Prepare',
  value: 'prepare',
  action: 'Prepare environment',
  description: 'Make what is missing in the environment; a second run changes nothing',
  properties: prepareFields,
  async start(context) {
    const { environment, requirements, keyWaitMs } = await openChosen(context);
    const signal = context.getExecutionCancelSignal();
    return once(
      async () => await prepareEnvironment(environment, requirements, { keyWaitMs, signal }),
    );
  },
};
