import { groupBy } from 'lodash';

import { findAll, viewsOf } from './bulk';
import type { RecordReference, RecordView } from './ledger';
import { sentText } from './memory';
import type { Target } from './record';
import type { LedgerReader } from './storage';

/** What is known of records, by each of the ways in which people ask for them: one list for each question, in order. */

/** By key; of all flows, where the reference names none. */
export async function viewsByKey(
  reader: LedgerReader,
  references: RecordReference[],
): Promise<RecordView[][]> {
  const views = await viewsOf(reader, await findAll(reader, references));
  const byKey = groupBy(views, ({ key }) => key);
  return references.map(({ key, flow }) =>
    (byKey[key] ?? []).filter((view) => flow === undefined || view.flow === flow),
  );
}

/** By what people call them, such as the number of an order. */
export async function viewsByNumber(
  reader: LedgerReader,
  numbers: string[],
): Promise<RecordView[][]> {
  const views = await viewsOf(reader, await reader.recordsByNumber(numbers));
  const byNumber = groupBy(views, ({ number }) => number);
  return numbers.map((number) => byNumber[number] ?? []);
}

/** By where they are in another system. */
export async function viewsByTarget(
  reader: LedgerReader,
  targets: Target[],
): Promise<RecordView[][]> {
  const ids = await reader.linksByTarget(targets);
  const views = await viewsOf(reader, await reader.records(ids));
  const byTarget = groupBy(
    views.flatMap((view) => view.links.map((link) => ({ view, target: sentText(link) }))),
    ({ target }) => target,
  );
  return targets.map((target) => (byTarget[sentText(target)] ?? []).map(({ view }) => view));
}
