import type { HandedOver } from '../../../core/stores/kit/deltaPoll';
import { contentHandedOver, noteContent } from './memory';

type Owner = Parameters<typeof noteContent>[0];

const GONE = 'gone';

/** What this process has last met of a record that is followed by delta, by webhook or by poll. */
export function handedOver(owner: Owner, id: string): HandedOver | undefined {
  const text = contentHandedOver(owner, id);
  if (text === undefined) return undefined;
  if (text === GONE) return { version: '', print: '', isGone: true };
  const [version = '', print = '', changedAt = ''] = text.split(' ');
  return { version, print, ...(changedAt !== '' && { changedAt: Number(changedAt) }) };
}

export function noteHandedOver(
  owner: Owner,
  id: string,
  { version, print, changedAt, isGone }: HandedOver,
): void {
  noteContent(owner, id, isGone ? GONE : [version, print, changedAt ?? ''].join(' '));
}
