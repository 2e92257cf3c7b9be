import type { Engine, Session } from '../engine';
import type { StepEvent } from './context';
import type { Failure } from './failure';

/**
 * Synchronous steps are called in the middle of a transaction, and everything in the sandbox runs without a pause. So a
 * request that comes to one is undone, the endpoint is called, and the request runs once more from its beginning with the
 * same ids and the same time, now knowing what came of the call; and so on to the next one.
 */

/** What an endpoint has answered: undefined where it has taken the event. */
type Outcome = Failure | undefined;

/** Thrown where a synchronous step is to be called whose outcome is not known yet. Never an answer. */
export class AwaitsEndpoint extends Error {
  constructor(readonly event: StepEvent) {
    super('A synchronous step has to be called first');
  }
}

/** The runs of one request. */
export class Attempt {
  private readonly outcomes: Outcome[] = [];
  private readonly ids: string[] = [];
  private asked = 0;
  private drawn = 0;

  /** @param at time of all runs */
  constructor(readonly at: Date) {}

  /** Back to the beginning of the request. */
  rewind(): void {
    this.asked = 0;
    this.drawn = 0;
  }

  /** The id that this place of the request had in the runs before. */
  id(draw: () => string): string {
    const known = this.ids[this.drawn];
    const id = known ?? draw();
    if (known === undefined) this.ids.push(id);
    this.drawn += 1;
    return id;
  }

  /** What came of the next synchronous step; throws where it has not been called. */
  outcomeOf(event: StepEvent): Outcome {
    if (this.asked >= this.outcomes.length) throw new AwaitsEndpoint(event);
    const outcome = this.outcomes[this.asked];
    this.asked += 1;
    return outcome;
  }

  record(outcome: Outcome): void {
    this.outcomes.push(outcome);
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
    attempt.record(await call(run.awaited));
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
    return { result: work() };
  } catch (error) {
    if (!(error instanceof AwaitsEndpoint)) throw error;
    counted.undo();
    session.writes = written;
    return { awaited: error.event };
  } finally {
    engine.attempt = undefined;
  }
}
