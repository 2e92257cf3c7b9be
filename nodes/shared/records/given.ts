/** What an item gives in a field of the panel, whatever an expression there comes to. */
import type { INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import { dayOrMomentIn, isBlank, momentIn, textIn, Unreadable } from '../../../core/values';
import type { SentAt } from '../../../core/stores/kit/sentAt';
import type { OneItem } from '../steps';

/** @returns undefined where nothing is given */
export function textOf(
  { read, index }: OneItem,
  { name, displayName }: INodeProperties,
): string | undefined {
  const value = read<unknown>(name, index);
  if (isBlank(value)) return undefined;
  const text = textIn(value);
  if (text !== undefined) return text.trim() || undefined;
  throw validationError(
    `${displayName} takes text, not ${new Unreadable('text', value).found}`,
    'Correct the expression of this field: it has to come to one text or number.',
  );
}

/** A date without a zone is one of the workflow's. */
export function momentOf(
  { read, index }: OneItem,
  { name, displayName }: INodeProperties,
): Date | undefined {
  const value = read<unknown>(name, index);
  if (isBlank(value)) return undefined;
  const moment = momentIn(value, { zone: read.timezone() });
  if (moment !== undefined) return new Date(moment);
  throw notDate(displayName);
}

/** The same where a day alone stays the day that it is. */
export function sentAtOf(one: OneItem, field: INodeProperties): SentAt | undefined {
  const value = one.read<unknown>(field.name, one.index);
  if (isBlank(value)) return undefined;
  const when = dayOrMomentIn(value, { zone: one.read.timezone() });
  if (when === undefined) throw notDate(field.displayName);
  return typeof when === 'string' ? when : new Date(when);
}

const notDate = (name: string) =>
  validationError(`${name} is not a date`, 'Write it such as 2026-01-31T00:00:00Z.');
