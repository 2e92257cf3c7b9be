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

/** One element of a list by its place; not of a list that the expression has made itself, such as `split(" ")[0]`. */
const ONE_ELEMENT = /(?:[\w\]]|\?\.)\s*\[\s*(["']?)\d+\1\s*\]/;
/** The same by a method; the items of the run are no list of the document. */
const ONE_BY_METHOD = /(?<!\$input)(?<=[\w\]])\s*\??\.\s*(?:at|first|last)\s*\(/;

const readsOneElement = (expression: string): boolean =>
  ONE_ELEMENT.test(expression) || ONE_BY_METHOD.test(expression);

/**
 * The expression of a row, for n8n to work out.
 * @throws a validation error where the row is one of the lines, because n8n knows nothing of them: the value of the first
 * would stand in all of them
 */
export function expressionOf(raw: string, { to, name }: Pick<ReadRow, 'to' | 'name'>): string {
  const expression = isExpression(raw) ? raw.slice(1) : raw;
  if (!to.includes('[*]') || !readsOneElement(expression)) return expression;
  throw validationError(
    `${name} is a field of each line, and its expression reads one element of a list, which would stand in every line`,
    'Drag the field alone: then it is read of each line. Change it with a Transform, or put it into a Text with Placeholders. What is the same for all lines is named with $. before it, such as $.payments[0].method.',
  );
}

const FIXED =
  'Enter a fixed value here, or let the row take its whole value from an expression (Source: Expression).';

/** A setting that is the same for all documents. */
export function constantOf(raw: unknown, value: unknown, what: string, fix = FIXED): unknown {
  if (!isExpression(raw) || isOfTheRun(raw)) return value;
  throw validationError(`${what} has an expression that differs from item to item`, fix);
}

/** For text in which a single brace is only a brace. */
export const escaped = (text: string): string => text.replace(/[{}]/g, '$&$&');

/**
 * `X-Cart {order_number}` of `=X-Cart {{ $json.order_number }}`; undefined where an expression in it does more.
 *
 * @param literal what becomes of the text between the expressions
 */
export function draggedTemplate(
  raw: string,
  row: Pick<ReadRow, 'to'>,
  literal: (text: string) => string = escaped,
): string | undefined {
  const [first = '', ...parts] = raw.slice(1).split('{{');
  let template = literal(first);
  for (const part of parts) {
    const end = part.indexOf('}}');
    const path = end === -1 ? undefined : draggedPath(`={{${part.slice(0, end)}}}`, row);
    if (path === undefined) return undefined;
    template += `{${path}}${literal(part.slice(end + 2))}`;
  }
  return template;
}
