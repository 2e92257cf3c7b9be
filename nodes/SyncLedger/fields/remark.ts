import type { INodeProperties } from 'n8n-workflow';

import { textOf } from './value';

/** An entry of an *Options* collection. */
export const remarkField: INodeProperties = {
  displayName: 'Remark Field',
  name: 'remarkField',
  type: 'string',
  default: '',
  placeholder: 'e.g. salesorder.notes',
  description:
    'Name of the field that says for people what became of the record: a text, or notes as the nodes of this package put them out. It is kept with the record, and shown by Look Up.',
};

/** A note is `{ field, message }`. */
function messageOf(part: unknown): string | undefined {
  if (typeof part !== 'object' || part === null) return textOf(part);
  return textOf((part as { message?: unknown }).message);
}

/** A text, or several texts or notes as one; undefined when there is none. */
export function remarkOf(value: unknown): string | undefined {
  const parts: unknown[] = Array.isArray(value) ? value : [value];
  const texts = parts.flatMap((part) => messageOf(part) ?? []);
  return texts.length === 0 ? undefined : texts.join('; ');
}
