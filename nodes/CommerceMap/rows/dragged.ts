import { validationError } from '../../../core/errors';
import { ofEachElement, plainPath } from '../../../core/mapping';
import type { ReadRow } from './saved';

/** What n8n gives that is the same for all items of a run. */
const OF_THE_RUN = new Set(
  '$vars $env $secrets $workflow $execution $now $today $parameter $runIndex $jmespath $if $ifEmpty $min $max $not $and'.split(
    ' ',
  ),
);

/** Names of n8n, and other nodes as a whole: `$('Settings').first()`. */
const NAMES = /\$\((?:[^()]*)\)\s*\.\s*(?:first|last|all)\s*\(|\$\w*/g;

/** Whether an expression is known to give the same for every item. What is not known to may differ. */
export function isOfTheRun(expression: string): boolean {
  const names = expression.match(NAMES) ?? [];
  return names.every((name) => name.startsWith('$(') || OF_THE_RUN.has(name));
}

export function isExpression(text: unknown): text is string {
  return typeof text === 'string' && text.startsWith('=');
}

/**
 * The path of a field that was dragged from the input; undefined for all else. Where the target stands in a list, the
 * editor can drag only the field of one element, and each is meant.
 */
export function draggedPath(raw: unknown, { to }: Pick<ReadRow, 'to'>): string | undefined {
  const path = isExpression(raw) ? plainPath(raw) : undefined;
  return path !== undefined && to.includes('[*]') ? ofEachElement(path) : path;
}

/** The same where nothing but a path is meant: people write it without the sign of an expression, as they have seen it. */
export function draggedOrTyped(raw: unknown, row: Pick<ReadRow, 'to'>): string | undefined {
  const text = typeof raw === 'string' ? raw.trim() : '';
  if (text.startsWith('{{')) return draggedPath(`=${text}`, row);
  return draggedPath(text.startsWith('$json') ? `={{ ${text} }}` : raw, row);
}

/** A setting that is the same for all documents. */
export function constantOf(raw: unknown, value: unknown, what: string): unknown {
  if (!isExpression(raw) || isOfTheRun(raw)) return value;
  throw validationError(
    `${what} has an expression that differs from item to item`,
    'Enter a fixed value here, or let the row take its whole value from an expression (Source: Expression).',
  );
}

const escaped = (text: string): string => text.replace(/[{}]/g, '$&$&');

/** `X-Cart {order_number}` of `=X-Cart {{ $json.order_number }}`; undefined where an expression in it does more. */
export function draggedTemplate(raw: string, row: Pick<ReadRow, 'to'>): string | undefined {
  const [first = '', ...parts] = raw.slice(1).split('{{');
  let template = escaped(first);
  for (const part of parts) {
    const end = part.indexOf('}}');
    const path = end === -1 ? undefined : draggedPath(`={{${part.slice(0, end)}}}`, row);
    if (path === undefined) return undefined;
    template += `{${path}}${escaped(part.slice(end + 2))}`;
  }
  return template;
}
