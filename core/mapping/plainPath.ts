import { keyPath } from '../documents';
import { UNSAFE_KEYS } from './path';

/** What stands between the braces of `={{ … }}`, where that is the whole parameter. */
const WHOLE = /^=\s*\{\{([\s\S]*)\}\}\s*$/;

/** One step behind `$json`: `.name`, `[0]`, `["name"]`, each also with `?.` before it. */
const STEP =
  /\s*(?:\??\.\s*([A-Za-z_$][\w$]*)|(?:\?\.)?\[\s*(?:(\d+)|"([^"\\]*)"|'([^'\\]*)')\s*\])\s*/y;

/** What JavaScript knows of texts and lists beside their content; a path knows the content alone. */
const NO_FIELDS = new Set([...UNSAFE_KEYS, 'length']);

/**
 * The path that an n8n expression reads, where it does nothing else: `a.b[0].c` for `={{ $json.a.b[0].c }}`, which is
 * what the editor writes when a field is dragged from the input. A path is compiled once, where n8n takes some 400 µs to
 * work out an expression for each item. Undefined for every expression that does more, or reads another node.
 */
export function plainPath(expression: string): string | undefined {
  const inner = WHOLE.exec(expression)?.[1]?.trim();
  if (inner === undefined || !inner.startsWith('$json')) return undefined;
  let path = '';
  STEP.lastIndex = '$json'.length;
  while (STEP.lastIndex < inner.length) {
    const [, name, index, double, single] = STEP.exec(inner) ?? [];
    const key = name ?? double ?? single;
    if (index !== undefined) path += `[${index}]`;
    else if (key !== undefined && key !== '' && !NO_FIELDS.has(key)) path = keyPath(path, key);
    else return undefined;
  }
  return path === '' ? undefined : path;
}

/** The first place in a list, behind its name. PHP writes a list with gaps as an object, whose places are quoted. */
const FIRST_INDEX = /^((?:"[^"]*"|'[^']*'|[^"'])+?)\[(["']?)\d+\2\]/;

/**
 * The same field of every element: `items[*].sku` of `items[0].sku`. The editor can drag only a field of one element, and
 * whoever drops that on a column of the lines means each line.
 */
export function ofEachElement(path: string): string {
  return path.includes('[*]') ? path : path.replace(FIRST_INDEX, '$1[*]');
}
