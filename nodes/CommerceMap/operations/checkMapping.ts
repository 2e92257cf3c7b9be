import type { IExecuteFunctions } from 'n8n-workflow';

import { toServiceError } from '../../../core/errors';
import type { CheckFinding } from '../../../core/mapping';
import { checkMapping as check } from '../../../core/mapping';
import { DOCUMENTS } from '../../../core/presets';
import type { Operation } from '../../shared/operation';
import { once } from '../../shared/steps';
import { mappingFields } from '../properties';
import { readSettings } from '../settings';

/** What is wrong with the settings themselves is a finding too: telling is what this operation is for. */
async function findings(context: IExecuteFunctions): Promise<CheckFinding[]> {
  try {
    return await check(readSettings(context).mapping, DOCUMENTS);
  } catch (error) {
    const { message, fix = 'Correct the settings of the node.' } = toServiceError(error);
    return [{ severity: 'error', field: 'mapping', message, fix }];
  }
}

export const checkMapping: Operation = {
  name: 'Check Mapping',
  value: 'check',
  action: 'Check mapping',
  description: 'Compare the mapping with the documents that it reads and writes, without any data',
  properties: mappingFields,
  // Reads no item.
  holdsClaims: false,
  start: (context) =>
    once(async () => {
      const found = await findings(context);
      const errors = found.filter(({ severity }) => severity === 'error').length;
      return [{ ok: errors === 0, errors, warnings: found.length - errors, findings: found }];
    }),
};
