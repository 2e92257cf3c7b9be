import type { IExecuteFunctions } from 'n8n-workflow';

/** The documents that a person tries a node with; none in production, where nobody looks and an odd one is no mistake. */
export function triedSamples(context: IExecuteFunctions): object[] {
  return context.getMode() === 'manual' ? context.getInputData().map(({ json }) => json) : [];
}
