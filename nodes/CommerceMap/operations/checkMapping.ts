import type { IExecuteFunctions } from 'n8n-workflow';

import { toServiceError } from '../../../core/errors';
import type { CheckFinding, DescribedField } from '../../../core/mapping';
import { checkMapping as check, describeMapping } from '../../../core/mapping';
import { DOCUMENTS } from '../../../core/presets';
import type { Operation } from '../../shared/operation';
import { once } from '../../shared/steps';
import { mappingFields } from '../properties';
import { readSettings } from '../settings';

interface Checked {
  findings: CheckFinding[];
  fields: DescribedField[];
}

/** What is wrong with the settings themselves is a finding too: telling is what this operation is for. */
async function checked(context: IExecuteFunctions): Promise<Checked> {
  try {
    const { mapping, columns } = readSettings(context);
    const findings = await check(mapping, DOCUMENTS, { targets: columns });
    const isBroken = findings.some(({ severity }) => severity === 'error');
    return { findings, fields: isBroken ? [] : describeMapping(mapping, DOCUMENTS) };
  } catch (error) {
    const { message, fix = 'Correct the settings of the node.' } = toServiceError(error);
    return { findings: [{ severity: 'error', field: 'mapping', message, fix }], fields: [] };
  }
}

export const checkMapping: Operation = {
  name: 'Check Mapping',
  value: 'check',
  action: 'Check mapping',
  description:
    'Compare the mapping with the documents that it reads and writes, and say of each field where it comes from, without any data',
  properties: mappingFields,
  // Reads no item.
  holdsClaims: false,
  start: (context) =>
    once(async () => {
      const { findings, fields } = await checked(context);
      const errors = findings.filter(({ severity }) => severity === 'error').length;
      const warnings = findings.length - errors;
      return [{ ok: errors === 0, errors, warnings, findings, fields }];
    }),
};
