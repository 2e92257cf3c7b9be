import { uniq } from 'lodash';
import { z } from 'zod';

import { validationError } from '../errors';
import {
  type Choice,
  choiceIn,
  choiceParts,
  isBlank,
  isNoDate,
  readDay,
  readFlagAmong,
  readInteger,
  readMoment,
  readNumber,
  readText,
} from '../values';

const TYPES = [
  'text',
  'number',
  'integer',
  'boolean',
  'day',
  'moment',
  'choice',
  'choices',
] as const;

/** What a field of the target takes, where its document or its service says so. */
export interface TargetValue {
  type: (typeof TYPES)[number];
  /** Of choices, and of yes and no the two words for it (1 and 0); absent where they are not known. */
  choices?: readonly Choice[];
}

export const targetValueSchema: z.ZodType<TargetValue> = z
  .object({
    type: z.enum(TYPES),
    choices: z.array(z.object({ value: z.number(), label: z.string() }).strict()).optional(),
  })
  .strict();

type Read = (value: unknown, choices?: readonly Choice[]) => unknown;

const SHOWN_CHOICES = 8;
const SHOWN_TEXT = 24;

/** A number that is not among the choices passes: it may be newer than what is known of them. */
function readChoice(value: unknown, choices?: readonly Choice[]): number {
  const choice = choiceIn(value, choices) ?? choiceIn(value);
  if (choice !== undefined) return choice;
  const isShown = typeof value === 'string' && value.length <= SHOWN_TEXT;
  const labels = choices?.slice(0, SHOWN_CHOICES).map(({ label }) => label) ?? [];
  throw validationError(
    `there is no choice ${isShown ? `"${value}"` : 'of this value'}` +
      (labels.length > 0 ? `; there are ${labels.join(', ')}` : ''),
    'Fill it instead by a row of Field Overrides with the transform Look Up, which says what each value becomes.',
  );
}

const isoText = (moment: number): string => new Date(moment).toISOString().replace('.000Z', 'Z');

/** What the transforms of the presets make of such a value; text with grouping is not guessed at. */
const READ: Record<TargetValue['type'], Read> = {
  text: readText,
  number: (value) => (isBlank(value) ? undefined : readNumber(value)),
  integer: (value) => (isBlank(value) ? undefined : readInteger(value)),
  boolean: (value, choices) => (isBlank(value) ? undefined : readFlagAmong(value, choices)),
  day: (value) => (isNoDate(value) ? undefined : readDay(value, { into: 'UTC' })),
  moment: (value) => (isNoDate(value) ? undefined : isoText(readMoment(value, { zone: 'UTC' }))),
  choice: (value, choices) => (isBlank(value) ? undefined : readChoice(value, choices)),
  choices: (value, choices) => {
    const parts = choiceParts(value, choices).map((part) => readChoice(part, choices));
    return parts.length === 0 ? undefined : uniq(parts).join(',');
  },
};

/**
 * The value as a field of this type takes it: a number as text, yes and no as true and false, a choice by its label. What
 * is empty or stands for no date becomes undefined. The function throws a validation error on all that cannot be read so.
 */
export function targetValue({ type, choices }: TargetValue): (value: unknown) => unknown {
  const read = READ[type];
  return (value) => read(value, choices);
}
