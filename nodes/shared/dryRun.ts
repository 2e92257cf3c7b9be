import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { PlannedWrite } from '../../core/dryRun';
import { DRY_RUN, dryRunSwitch } from './dryClaim';
import { dryByPath } from './dryPath';
import type { Operation } from './operation';
import { sameForAll } from './parameters';

/** Of every operation that writes. */
export const dryRunField = dryRunSwitch(
  'Whether to write nothing and only say, in the field dryRun of each item, what would be written. The service is only read. Nodes of this package after this one write nothing either. A Sync Ledger: Claim with Dry Run on does the same for all nodes after it.',
);

/** Whether an operation writes into a service. The ledger answers for its own, and Commerce Map leaves nothing anywhere. */
export const isWriting = ({
  onlyReads,
  holdsClaims,
}: Pick<Operation, 'holdsClaims' | 'onlyReads'>): boolean => !onlyReads && holdsClaims !== false;

/** Tells of each item whether nothing is to be written for it. */
export function dryItems(
  context: IExecuteFunctions,
  operation: Operation,
): (item: INodeExecutionData) => boolean {
  if (!isWriting(operation)) return () => false;
  return sameForAll<unknown>(context, DRY_RUN, false) === true ? () => true : dryByPath(context);
}

const writesOn = ({ json }: INodeExecutionData): PlannedWrite[] | undefined => {
  const { writes } = (json[DRY_RUN] ?? {}) as { writes?: unknown };
  return Array.isArray(writes) ? (writes as PlannedWrite[]) : undefined;
};

/**
 * Puts on what an item became what would be written for it, after what nodes before this one would write. Of several items
 * the first has it all, so that whoever adds them up counts nothing twice.
 */
export function withWrites(
  made: INodeExecutionData[],
  item: INodeExecutionData,
  own: PlannedWrite[],
): INodeExecutionData[] {
  const all = [...(writesOn(item) ?? []), ...own];
  return made.map((one, place) => {
    const writes = place === 0 ? all : [];
    return { ...one, json: { ...one.json, [DRY_RUN]: { writes } as unknown as IDataObject } };
  });
}

/**
 * The same of an item that fails: beside its error, where n8n takes nothing away. What was asked for before it failed would be
 * written all the same.
 */
export function withFailedWrites(
  made: INodeExecutionData[],
  own: PlannedWrite[],
): INodeExecutionData[] {
  return made.map(({ json, ...one }) => {
    const details = { ...(json.details as IDataObject), [DRY_RUN]: { writes: own } };
    return { ...one, json: { ...json, details: details as unknown as IDataObject } };
  });
}
