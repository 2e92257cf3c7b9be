import type { Engine, Session } from '../engine';
import type { StepEvent } from './context';
import type { Failure } from './failure';
import { messageOf } from './steps';

/**
 * Synchronous steps are called in the middle of a transaction, and everything in the sandbox runs without a pause. So a
 * request that comes to one is undone, the endpoint is called, and the request runs once more from its beginning with the
 * same ids, numbers and time, now knowing what came of the call; and so on to the next one.
 */

/** What an endpoint has answered: undefined where it has taken the event. */
type Outcome = Failure | undefined;

/** Thrown where a synchronous step is to be called whose outcome is not known yet. Never an answer. */
export class AwaitsEndpoint extends Error {
  constructor(readonly event: StepEvent) {
    super('A synchronous step has to be called first');
  }
}

/** Which step was called, and of what. */
const subjectOf = ({ step, change }: StepEvent): string =>
  [step.id, messageOf(change), change.table.name, change.id].join(' ');

/** The runs of one request. */
export class Attempt {
  private readonly outcomes: Array<{ subject: string; outcome: Outcome }> = [];
  private readonly kept = new Map<string, string[]>();
  private readonly drawn = new Map<string, number>();
  private asked = 0;

  /** @param at time of all runs */
  constructor(readonly at: Date) {}

  /** Back to the beginning of the request. */
  rewind(): void {
    this.asked = 0;
    this.drawn.clear();
  }

  /** What was drawn at this place of the request in the runs before. `kind`: places are counted for each of its own. */
  once(kind: string, draw: () => string): string {
    const kept = this.kept.get(kind) ?? [];
    this.kept.set(kind, kept);
    const place = this.drawn.get(kind) ?? 0;
    this.drawn.set(kind, place + 1);
    return (kept[place] ??= draw());
  }

  /**
   * What came of the next synchronous step; throws where it has not been called. Where another request has made this one
   * do something else than before, what is known from there on is of no use.
   */
  outcomeOf(event: StepEvent): Outcome {
    const known = this.outcomes[this.asked];
    if (known?.subject !== subjectOf(event)) {
      this.outcomes.splice(this.asked);
      throw new AwaitsEndpoint(event);
    }
    this.asked += 1;
    return known.outcome;
  }

  record(event: StepEvent, outcome: Outcome): void {
    this.outcomes.push({ subject: subjectOf(event), outcome });
  }
}

/** Calls the endpoint of a step and says what came of it. */
export type CallEndpoint = (event: StepEvent) => Promise<Outcome>;

/** Runs work of a request as often as its synchronous steps make it. */
export async function withEndpoints<T>(
  engine: Engine,
  session: Session,
  call: CallEndpoint,
  work: () => T,
): Promise<T> {
  const attempt = new Attempt(engine.context.now());
  for (;;) {
    const run = oneRun(engine, session, attempt, work);
    if (!('awaited' in run)) return run.result;
    attempt.record(run.awaited, await call(run.awaited));
  }
}

/** Nothing is left of a run that stops at an endpoint: other requests are at work while that is called. */
function oneRun<T>(
  engine: Engine,
  session: Session,
  attempt: Attempt,
  work: () => T,
): { result: T } | { awaited: StepEvent } {
  const counted = engine.context.counters.mark('dataverse');
  const written = session.writes;
  attempt.rewind();
  engine.attempt = attempt;
  try {
    return { result: engine.database.atomic(work) };
  } catch (error) {
    if (!(error instanceof AwaitsEndpoint)) throw error;
    counted.undo();
    session.writes = written;
    return { awaited: error.event };
  } finally {
    engine.attempt = undefined;
  }
}
