import type { HandedOver } from '../../../core/stores/kit/deltaPoll';
import { contentHandedOver, noteContent } from './memory';

type Owner = Parameters<typeof noteContent>[0];

const GONE = 'gone';

/** What a webhook or a poll of this process has put out last of a record that is followed by its versions. */
export function handedOver(owner: Owner, id: string): HandedOver | undefined {
  const text = contentHandedOver(owner, id);
  if (text === undefined) return undefined;
  if (text === GONE) return { version: '', print: '', isGone: true };
  const [version = '', print = ''] = text.split(' ');
  return { version, print };
}

export function noteHandedOver(
  owner: Owner,
  id: string,
  { version, print, isGone }: HandedOver,
): void {
  noteContent(owner, id, isGone ? GONE : `${version} ${print}`);
}
