import type { Operation } from '../../../shared/operation';
import { checkEnvironmentOperation } from './check';
import { prepareEnvironmentOperation } from './prepare';

/** An environment of Dynamics 365 itself, in which the templates are to run. */
export const environmentOperations: Operation[] = [
  checkEnvironmentOperation,
  prepareEnvironmentOperation,
];
