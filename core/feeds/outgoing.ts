import { union } from 'lodash';

import type { DeltaChanges } from './delta';
import type { Change } from './poll';
import type { ChangeEvent } from './records';

/** As it is put out where the service has forgotten what changed. */
export const RESYNC = 'resync';

/** A change that is to be put out. */
export interface OutgoingChange<T> {
  /** Left out: the record is gone. */
  record?: T;
  event: ChangeEvent;
  /** What has changed; left out: not known. */
  names?: readonly string[];
  readAt: number;
  /** It comes because the service has forgotten what changed. */
  isResync: boolean;
}

/** Of what happened to one record in a poll: who is told at the end that it is new need not know what changed since. */
function joined(before: ChangeEvent | undefined, event: ChangeEvent): ChangeEvent {
  return before?.endsWith('.created') && event.endsWith('.changed') ? before : event;
}

/** What is put out by one poll: a record that is read twice meanwhile comes once, as it was read last. */
export class Outgoing<T> {
  private readonly byId = new Map<string, OutgoingChange<T>>();

  get size(): number {
    return this.byId.size;
  }

  /** What a further change of a record makes it come as. */
  eventOf(id: string, event: ChangeEvent): ChangeEvent {
    return joined(this.byId.get(id)?.event, event);
  }

  put(id: string, change: OutgoingChange<T>): void {
    const before = this.byId.get(id);
    const areKnown = change.names !== undefined && (!before || before.names !== undefined);
    this.byId.set(id, {
      ...change,
      event: joined(before?.event, change.event),
      names: areKnown ? union(before?.names, change.names) : undefined,
    });
  }

  changes(delta: DeltaChanges<T>): Array<Change<T>> {
    return [...this.byId].map(([id, { record, event, names = [], readAt, isResync }]) => {
      const whole = record ?? delta.gone(id);
      return {
        record: record && names.length > 0 ? delta.withChange(whole, names) : whole,
        event,
        readAt,
        by: isResync ? RESYNC : event,
      };
    });
  }
}
