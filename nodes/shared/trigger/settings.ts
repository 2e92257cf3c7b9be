import { startCase } from 'lodash';
import type { IDataObject, IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

import { type ServiceError, validationError } from '../../../core/errors';
import { isBlank, momentIn, numberIn } from '../../../core/values';
import type { AnyKind, ChosenFilters, StoreTriggerDefinition, TriggerStore } from './definition';
import type { OutputForm } from './items';
import { EVERYTHING, eventsParameter, KIND_PARAMETER, maxParameter } from './properties';

export type ReceiveBy = 'both' | 'poll' | 'webhook';

/** The node's parameters, read once. */
export interface TriggerSettings<Store = unknown> {
  /** What is followed. */
  kind: AnyKind<Store>;
  receiveBy: ReceiveBy;
  /** None: all. */
  events: string[];
  filters: ChosenFilters;
  /** Of the one record that a test run brings; empty: the latest. */
  testNumber: string;
  /** As the user wrote it; empty: from now on. */
  startFrom: string;
  catchUpMs: number;
  overlapMs: number;
  /** Records put out by one poll at most. */
  max: number;
  output: OutputForm;
  /** The collection *Options* as it is. */
  options: IDataObject;
}

type Context = IPollFunctions | IWebhookFunctions | IHookFunctions;

export function readSettings<Store extends TriggerStore>(
  context: Context,
  { kinds, webhook }: StoreTriggerDefinition<Store>,
): TriggerSettings<Store> {
  const read = <V>(name: string, fallback: V): V => context.getNodeParameter(name, fallback) as V;
  const [first] = kinds;
  // Where there is no choice of kinds, a parameter of that name is another.
  const chosen = kinds.length > 1 ? read(KIND_PARAMETER, first.type.kind) : first.type.kind;
  const kind = kinds.find(({ type }) => type.kind === chosen);
  if (!kind) throw unknownKind(chosen, kinds);
  const { type, filters = [] } = kind;
  const options = read<IDataObject>('options', {});
  const number = (name: string, fallback: number): number => {
    const value = options[name];
    return isBlank(value) ? fallback : optionNumber(name, value);
  };
  return {
    kind,
    receiveBy: webhook ? read<ReceiveBy>('receiveBy', 'both') : 'poll',
    events: read<string[]>(eventsParameter(kind, kinds), []),
    filters: Object.fromEntries(
      filters.map(({ property: { name } }) => [name, read<string[]>(name, [])]),
    ),
    // People write "#1042" as they read it.
    testNumber: String(read<unknown>('testNumber', '') ?? '')
      .trim()
      .replace(/^#\s*/, ''),
    startFrom: read<string>('startFrom', ''),
    catchUpMs: number('catchUpHours', 24) * 3_600_000,
    overlapMs: number('overlapMinutes', 5) * 60_000,
    output: options['output'] === 'event' ? 'event' : 'document',
    max: Math.max(1, number(maxParameter(type), 1000)),
    options,
  };
}

export const startsWithAll = ({ startFrom }: Pick<TriggerSettings, 'startFrom'>): boolean =>
  startFrom === EVERYTHING;

function unknownKind(chosen: string, kinds: ReadonlyArray<AnyKind<never>>): ServiceError {
  return validationError(
    `Trigger On is "${chosen}", which this trigger does not follow`,
    `Choose one of ${kinds.map(({ type }) => type.many).join(', ')}.`,
  );
}

function optionNumber(name: string, value: unknown): number {
  const number = numberIn(value);
  if (number !== undefined && number >= 0) return number;
  throw validationError(
    `${startCase(name)} is no number`,
    'Enter a number, or take the option out of Options for its usual value.',
  );
}

/** @param zone zone of the workflow, which a date is in that names none */
export function startDate(startFrom: string, zone: string): Date | undefined {
  if (isBlank(startFrom)) return undefined;
  const moment = momentIn(startFrom, { zone });
  if (moment !== undefined) return new Date(moment);
  throw validationError(
    `Start From is not a date: "${startFrom}"`,
    'Choose a date, such as 2026-01-31T00:00:00Z, or leave it empty to start from now.',
  );
}
