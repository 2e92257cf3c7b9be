/** What came out of a trigger or a node. */
import type { IDataObject } from 'n8n-workflow';

import { ledger } from '../../support/ledger';
import type { RunningTrigger } from '../../support/trigger';

export const sourceOf = (item: IDataObject): IDataObject => (item.source ?? {}) as IDataObject;

/** The ids of the records, in their order. */
export const idsOf = (items: IDataObject[] | null): string[] =>
  (items ?? []).map((item) => String(sourceOf(item).id));

/** The document of the service alone. */
export function documentOf(item: IDataObject | undefined): IDataObject {
  const { source, claim, ...document } = item ?? {};
  return document;
}

/** Polls until nothing comes any more. */
export async function drain(trigger: RunningTrigger): Promise<IDataObject[]> {
  const all: IDataObject[] = [];
  for (let poll = 0; poll < MOST_POLLS; poll += 1) {
    const items = await trigger.poll();
    if (!items) return all;
    all.push(...items);
  }
  throw new Error(`The trigger still puts out orders in poll ${MOST_POLLS}`);
}

const MOST_POLLS = 30;

/** What a ledger behind the trigger lets through, and then knows as done: all that would be sent. */
export async function sent(items: IDataObject[] | null): Promise<IDataObject[]> {
  const claimed = (await ledger('claim', items ?? [])).output(0);
  const written = claimed.map((item) => ({ ...item, salesorder: { id: 'target' } }));
  await ledger('complete', written);
  return claimed;
}
