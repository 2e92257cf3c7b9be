import { viewsOf } from './bulk';
import type { FailingRow } from './ledger';
import type { LedgerReader } from './storage';

/**
 * The rows of the mapping, and nodes, that hold records at this time. One whose records have not been tried again since
 * another of their flow got through is left out: they are due, and their next attempt tells whether it is mended.
 */
export async function failingRowsOf(
  reader: LedgerReader,
  { flow }: { flow?: string },
): Promise<FailingRow[]> {
  const stops = await reader.rowStops(flow);
  const latest = await viewsOf(
    reader,
    stops.map(({ record }) => record),
  );
  const rows = stops.map(async ({ record, records }, index): Promise<FailingRow[]> => {
    const view = latest[index];
    const lastDoneAt = (await reader.lastDoneAt(record.flow)) ?? 0;
    return view && (record.failedAt ?? 0) > lastDoneAt
      ? [{ latest: view, records, lastDoneAt }]
      : [];
  });
  return (await Promise.all(rows)).flat();
}
