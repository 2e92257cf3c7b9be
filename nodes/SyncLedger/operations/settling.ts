import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Ledger, Settlement } from '../../../core/ledger/ledger';
import { type AnySteps, itemSteps, together } from '../../shared/steps';
import { noteSettled } from '../../shared/underway';
import { ledgerOf } from '../connection';
import { presentSettlement } from '../present';
import { withField } from './output';

interface Settling<Work> {
  prepare(item: INodeExecutionData, index: number): Work;
  settle(ledger: Ledger, all: Work[]): Promise<Settlement[]>;
  /** What the item carries besides as `ledger`. */
  more?(work: Work): IDataObject;
}

/** Ends the claims of all items together, and puts out each item with what became of its record, as `ledger`. */
export function settling<Work extends { key: string }>(
  context: IExecuteFunctions,
  { prepare, settle, more }: Settling<Work>,
): AnySteps {
  return itemSteps<Work, { settlement: Settlement; work: Work }>({
    prepare,
    run: together(async (all) => {
      noteSettled(
        context.getWorkflow().id ?? '',
        all.map(({ key }) => key),
      );
      const settlements = await settle(await ledgerOf(context), all);
      return settlements.map((settlement, place) => ({ settlement, work: all[place] as Work }));
    }),
    output: (item, { settlement, work }, index) => {
      const ledger = { ...presentSettlement(settlement, work.key), ...more?.(work) };
      return withField(item, 'ledger', ledger, index);
    },
  });
}
