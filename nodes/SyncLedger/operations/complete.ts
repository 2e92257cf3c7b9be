import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Completion, Settlement } from '../../../core/ledger/ledger';
import type { Operation } from '../../shared/operation';
import { parameterReader } from '../../shared/parameters';
import { processItems } from '../../shared/process';
import { claimOf } from '../claimed';
import { ledgerOf } from '../connection';
import { targetFields, targetOf, writtenField, writtenHashOf } from '../fields/target';
import { fieldValue, textOf } from '../fields/value';
import { presentSettlement } from '../present';
import { withField } from './output';

const options: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: [
    {
      displayName: 'Outcome Field',
      name: 'outcomeField',
      type: 'string',
      default: '',
      placeholder: 'e.g. salesorder.outcome',
      description:
        'Name of the field that says what became of the record. "skipped" marks it as skipped, everything else as done.',
    },
    writtenField,
  ],
};

interface Work extends Completion {
  key: string;
  written?: string;
}

export const complete: Operation = {
  name: 'Complete',
  value: 'complete',
  action: 'Complete records',
  description: 'Note that claimed records were sent, and where they are now',
  properties: [...targetFields, options],
  async execute(items) {
    const read = parameterReader(this);
    return await processItems<Work, { settlement: Settlement; work: Work }>(this, items, {
      prepare: (item, index) => {
        const target = targetOf(read, item, index);
        const targetHash = writtenHashOf(read, item, index);
        const written = textOf(fieldValue(read, 'options.outcomeField', item, index));
        return {
          ...claimOf(item),
          outcome: written === 'skipped' ? 'skipped' : 'done',
          written,
          links: target && [{ ...target, targetHash }],
        };
      },
      run: async (work) => {
        const settlements = await (await ledgerOf(this)).complete(work);
        return settlements.map((settlement, place) => ({
          ok: true,
          settlement,
          work: work[place] as Work,
        }));
      },
      output: (item, { settlement, work }, index) => {
        const ledger: IDataObject = presentSettlement(settlement, work.key);
        if (work.written !== undefined) ledger.outcome = work.written;
        if (work.links?.[0]) ledger.target = work.links[0] as unknown as IDataObject;
        return withField(item, 'ledger', ledger, index);
      },
    });
  },
};
