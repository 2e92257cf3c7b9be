import type { IDataObject } from 'n8n-workflow';

import type { Ledger } from '../../core/ledger/ledger';
import type { Stopped } from '../../core/report/stopped';
import { textOf } from './fields/value';
import { presentRecord } from './present';

const isObject = (value: unknown): value is IDataObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What an item says of a record that stopped: an item of the lists, of the trigger for dead letters, or of Fail and Hold,
 * which say it under `ledger`. Undefined where it says that the record goes on. What a fault of the mapping holds is told
 * by the trigger alone, with the count of all that wait: Fail says it of each record with each attempt.
 *
 * @param workflow whose items those of Fail and Hold are
 */
export function stoppedOf(json: IDataObject, workflow = ''): Stopped | undefined {
  const said = isObject(json.ledger) ? json.ledger : json;
  const { state } = said;
  const key = textOf(said.key);
  const records = typeof said.heldByMapping === 'number' ? said.heldByMapping : undefined;
  const isStopped = state === 'dead' || state === 'held' || (state === 'retry' && records);
  if (key === undefined || !isStopped) return undefined;
  const flow = textOf(said.flow) ?? workflow;
  const repair = textOf(said.repair);
  const of = isObject(said.error) ? said.error : json.details;
  // A node that asks a person says what for; Hold only waits.
  const isAsked = isObject(of) && textOf(of.code) !== undefined;
  return {
    key,
    flow,
    flowName: textOf(said.flowName) ?? flow,
    number: textOf(said.number) ?? key,
    state,
    ...(records && { records }),
    isForPerson: state !== 'held' || isAsked,
    reason: textOf(said.reason) ?? 'no reason is known',
    ...(repair !== undefined && { repair }),
  };
}

/** With when it stopped, in milliseconds. */
export type StoppedSince = Stopped & { since: number };

/** What has stopped: so many dead letters, of the held what asks a person, and the others; of each the newest first. */
export async function newestStopped(
  ledger: Ledger,
  flow: string | undefined,
  limit: number,
): Promise<StoppedSince[]> {
  // Unpaid orders may be held for ever: a conflict among them must not be lost behind a thousand newer ones.
  const query = { flow, limit, documents: false };
  const lists = [
    await ledger.listDead(query),
    await ledger.listHeld({ ...query, forPerson: true }),
    await ledger.listHeld({ ...query, forPerson: false }),
  ];
  return lists.flat().flatMap((view) => {
    const stopped = stoppedOf(presentRecord(view));
    return stopped ? [{ ...stopped, since: view.updatedAt }] : [];
  });
}
