import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { PlannedWrite } from '../../../core/dryRun';
import { type DryRecord, dryRunCsv, dryRunReport, totalsOf } from '../../../core/report/dryRun';
import { asDocument } from '../../../core/report/page';
import { recordOf } from '../../shared/itemRecord';
import { resultItem } from '../../shared/items';
import type { Operation } from '../../shared/operation';
import { itemSteps, together } from '../../shared/steps';
import { textOf } from '../fields/value';
import { written } from './output';

/** So many records are named for each reason. */
const MAX_NUMBERS = 20;

const isObject = (value: unknown): value is IDataObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What nodes have put on the item, and the one that has failed beside its error. */
const writesIn = (json: IDataObject): PlannedWrite[] => [
  ...ownWritesIn(json),
  ...(isObject(json.details) ? ownWritesIn(json.details) : []),
];

/** What nodes have put there; anything else is not theirs. */
function ownWritesIn({ dryRun }: IDataObject): PlannedWrite[] {
  const writes: unknown = isObject(dryRun) ? dryRun.writes : undefined;
  if (!Array.isArray(writes)) return [];
  return (writes as unknown[]).filter(
    (write): write is PlannedWrite => isObject(write) && typeof write.action === 'string',
  );
}

function reasonIn({ ledger, error }: IDataObject): string | undefined {
  const said = isObject(ledger) ? textOf(ledger.reason) : undefined;
  return said ?? (isObject(error) ? textOf(error.message) : textOf(error));
}

function recordIn(item: INodeExecutionData, index: number): DryRecord {
  const { json } = item;
  const claim = isObject(json.claim) ? json.claim : {};
  const key = textOf(claim.key) ?? recordOf(item)?.key;
  const would = isObject(json.ledger) ? textOf(json.ledger.would) : undefined;
  const reason = reasonIn(json);
  return {
    number: recordOf(item)?.number ?? key ?? `Item ${index + 1}`,
    writes: writesIn(json),
    ...(key !== undefined && { key }),
    ...(would !== undefined && { would }),
    ...(reason !== undefined && { reason }),
  };
}

interface Report {
  json: object;
  binary: NonNullable<INodeExecutionData['binary']>;
}

async function reportOn(
  { helpers }: IExecuteFunctions,
  records: readonly DryRecord[],
): Promise<Report> {
  const page = dryRunReport(records, MAX_NUMBERS);
  const file = async (text: string, name: string, type: string) =>
    await helpers.prepareBinaryData(Buffer.from(text, 'utf8'), name, type);
  return {
    json: { ...written(page), records: records.length, totals: totalsOf(records) },
    binary: {
      page: await file(asDocument(page), 'dry-run.html', 'text/html'),
      table: await file(dryRunCsv(records), 'dry-run.csv', 'text/csv'),
    },
  };
}

export const reportDryRun: Operation = {
  name: 'Report Dry Run',
  value: 'reportDryRun',
  action: 'Report dry run',
  description:
    'Say in one item what the input items of a dry run would write: totals, a message, a page and a table with each column before and after',
  properties: [],
  onlyReads: true,
  start(context) {
    return itemSteps<DryRecord, Report | undefined>({
      prepare: recordIn,
      // One for all items: it leaves in the place of the first.
      run: together(async (records) => {
        const report = await reportOn(context, records);
        return records.map((_, place) => (place === 0 ? report : undefined));
      }),
      output: (_item, report, index) =>
        report ? { ...resultItem(report.json, index), binary: report.binary } : [],
    });
  },
};
