import type { IExecuteFunctions } from 'n8n-workflow';

import { isByHand } from './byHand';

/** The documents that a person tries a node with; none in production, where nobody looks and an odd one is no mistake. */
export function triedSamples(context: IExecuteFunctions): object[] {
  return isByHand(context) ? context.getInputData().map(({ json }) => json) : [];
}
