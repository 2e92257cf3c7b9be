import { ServiceError } from '../../../errors';
import { answerOf, sendAll } from '../../../odata/sendAll';
import type { BatchOutcome, Bound, Row, SingleOperation } from '../../../odata/types';
import { isNoSuchAction } from '../errors/noSuchAction';
import { actionOperation } from '../operations';
import type { Dataverse } from '../types';
import { type ActionForm, KnownForms, otherForm } from './forms';

/**
 * An action of which the documentation does not settle whether it is bound. Microsoft's reference of actions shows
 * FulfillSalesOrder bound to the set of orders, a list made of a service shows it unbound, and only `$metadata`, some
 * megabytes, would tell.
 */
export interface ActionName {
  name: string;
  /** Set that it stands behind where it is bound: `salesorders`. */
  set: string;
  /** The form that is tried first. */
  usually: ActionForm;
  /** Of an action that is bound to a row: the parameter that names the row where it is unbound. */
  row?: string;
}

export interface ActionCall {
  parameters: Row;
  /** Key of the row that it is bound to; left out: to the set. */
  key?: Bound['key'];
  headers?: Record<string, string>;
  /** Places of those who ask for it, among all that the run works on together. */
  places?: number[];
}

const known = new KnownForms();

/** Each sends any number of calls in one form. */
class Caller {
  constructor(
    readonly client: Dataverse,
    readonly action: ActionName,
  ) {}

  private operation(
    form: ActionForm,
    { parameters, key, headers, places }: ActionCall,
  ): SingleOperation {
    const { name, set, row } = this.action;
    const bound = form === 'bound' ? { set, ...(key === undefined ? {} : { key }) } : undefined;
    const named = bound || row === undefined || key === undefined ? {} : { [row]: key };
    const operation = actionOperation(name, { ...named, ...parameters }, bound);
    return { ...operation, ...(headers && { headers }), ...(places && { places }) };
  }

  private isAbsent(outcome: BatchOutcome | undefined): boolean {
    const { name, set } = this.action;
    return outcome?.ok === false && isNoSuchAction(outcome.error, name, set);
  }

  private async sendIn(form: ActionForm, calls: ActionCall[]): Promise<BatchOutcome[]> {
    const outcomes = await sendAll(
      this.client,
      calls.map((call) => this.operation(form, call)),
    );
    // A rehearsal answers in whichever form it is asked, and knows nothing of the environment.
    const isThere =
      !this.client.dryRun &&
      outcomes.some((outcome) => !this.isAbsent(outcome) && comesFromAction(outcome));
    if (isThere) known.note(this.client.root, this.action.name, form);
    return outcomes;
  }

  /** In the likelier form; those that are not there in that form go again in the other, together. */
  async send(calls: ActionCall[]): Promise<BatchOutcome[]> {
    const first = known.of(this.client.root, this.action.name) ?? this.action.usually;
    const outcomes = await this.sendIn(first, calls);
    const absent = outcomes.flatMap((outcome, index) => (this.isAbsent(outcome) ? [index] : []));
    if (absent.length === 0) return outcomes;
    const again = await this.sendIn(
      otherForm(first),
      calls.filter((_, index) => absent.includes(index)),
    );
    absent.forEach((place, index) => {
      const outcome = again[index];
      if (outcome) outcomes[place] = this.isAbsent(outcome) ? this.nowhere(outcome) : outcome;
    });
    return outcomes;
  }

  private nowhere(outcome: BatchOutcome): BatchOutcome {
    if (outcome.ok) return outcome;
    const { name } = this.action;
    const { status, code, requestId } = outcome.error;
    const error = new ServiceError(`There is no action ${name} in this environment.`, {
      class: 'configuration',
      code,
      status,
      requestId,
      fix: 'Check the environment URL in the credential: it has to be an environment in which the app that the action belongs to, such as Dynamics 365 Sales, is installed.',
      cause: outcome.error,
    });
    return { ok: false, error };
  }
}

/** Whether an answer tells that the action was reached: not one on the way to it, such as of a limit or a sign-in. */
function comesFromAction(outcome: BatchOutcome): boolean {
  if (outcome.ok) return true;
  const { status = 0, retryable } = outcome.error;
  return status >= 400 && status !== 401 && !retryable;
}

/**
 * Calls an action that may be bound or unbound, any number of times, in batches. The first call of a process tells
 * which form the environment has; all that follow take it at once, so that no more than one request is wasted. Only
 * an answer that proves that there is no such action in a form leads to the other form, so that nothing is carried
 * out twice.
 *
 * @returns one outcome for each call, in their order. Rejects only when cancelled.
 */
export async function callActions(
  client: Dataverse,
  action: ActionName,
  calls: ActionCall[],
): Promise<BatchOutcome[]> {
  const caller = new Caller(client, action);
  const [first, ...others] = calls;
  if (!first) return [];
  if (known.of(client.root, action.name) !== undefined) return await caller.send(calls);
  const found = await known.search(client.root, action.name, () => caller.send([first]));
  if (!found) return await caller.send(calls);
  return others.length === 0 ? found : [...found, ...(await caller.send(others))];
}

/** The same for one call. @returns what the action answered; throws its error */
export async function callAction(
  client: Dataverse,
  action: ActionName,
  call: ActionCall,
): Promise<unknown> {
  const [outcome] = await callActions(client, action, [call]);
  return answerOf(outcome).body;
}
