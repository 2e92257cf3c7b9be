import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { RecordSource } from '../../../core/commerce/source';
import { type RecordType, sourceOf, type StoreIdentity } from '../../../core/feeds/records';
import type { TriggerSettings } from './settings';

/** How a trigger puts records out. */
export type OutputForm = 'document' | 'event';

/** A record that a trigger puts out. */
export interface ToldRecord {
  record: object;
  /** What had it read, see `RecordSource`. */
  by: string;
  /** What happened to it, such as `order.created`. */
  event: string;
  /** When the store was asked, in milliseconds since the epoch. */
  readAt: number;
}

/** What the store's own dates say; where they say nothing, when the record was read. */
function occurredAt(type: RecordType<object>, { record, event, readAt }: ToldRecord): string {
  const created = type.createdAt(record);
  const changed = type.changedAt(record);
  const isCreated = event === `${type.kind}.created`;
  const time = (isCreated ? created : changed) || readAt;
  return new Date(time).toISOString();
}

/**
 * An event, in one form for all stores. What it says of the event itself changes from one reading of the same content to
 * the next, and is no change of the record.
 */
function eventItem(
  type: RecordType<object>,
  source: RecordSource,
  told: ToldRecord,
  document: object,
): INodeExecutionData {
  const inside = (source.volatile ?? []).map((path) => `document.${path}`);
  const json = {
    event: told.event,
    store: source.store,
    id: source.id,
    occurredAt: occurredAt(type, told),
    document,
    source: { ...source, documentIn: 'document', volatile: ['event', 'occurredAt', ...inside] },
  };
  return { json: json as unknown as IDataObject };
}

/**
 * Puts records out: each as the store's own document and where it comes from, or as an event. Rejects where the store is
 * to be asked for what stands elsewhere than in the records, and does not answer.
 */
export async function recordItems<Store extends StoreIdentity>(
  { kind, output, options }: Pick<TriggerSettings<Store>, 'kind' | 'options' | 'output'>,
  store: Store,
  found: readonly ToldRecord[],
): Promise<INodeExecutionData[]> {
  // Dates can be read only where the store is known, and what is no change may be chosen: its feed knows both.
  const { type } = kind.feed(store, {}, options);
  const records = found.map(({ record }) => record);
  const whole = kind.annotate && records.length > 0 ? await kind.annotate(store, records) : records;
  return found.map((each, place) => {
    const told = { ...each, record: whole[place] ?? each.record };
    const source = sourceOf(type, store, told.record, told.by, told.readAt);
    const shown = kind.shown?.(store, told.record) ?? told.record;
    if (output === 'event') return eventItem(type, source, told, shown);
    return { json: { ...shown, source } as unknown as IDataObject };
  });
}
