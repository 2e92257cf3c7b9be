import { startCase } from 'lodash';

/**
 * How messages name a row of Field Overrides: as the editor's list of target fields does, so that whoever reads one finds
 * the other. Where a document has no names of its own that is the path, which the list has behind the words.
 */

/** The node that has the rows, as it is called unless somebody renames it. */
export const MAP_NODE = 'Commerce Map';

/** The list of rows that can do everything. */
export const FIELD_OVERRIDES = 'Field Overrides';

interface Named {
  displayName: string;
  label?: (path: string) => string;
}

/** `Common Order: Total`; of a document without names of its own the path. */
export function rowName({ displayName, label }: Named, path: string): string {
  return label === undefined ? path : `${displayName}: ${label(path)}`;
}

/**
 * `Shipping Method Name (shipping_method_name)`: a field in a list of the editor, which finds what is typed only as it
 * stands in the name, and nothing by its description.
 *
 * @param words what people call it; left out: the words of the path
 */
export function listName(path: string, words = startCase(path)): string {
  return `${words} (${path})`;
}

/** `"A" or "B"`. */
export function rowNames(names: readonly string[], joint: 'and' | 'or'): string {
  const quoted = names.map((name) => `"${name}"`);
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} ${joint} ${last}`;
}

/** `a row for "Common Order: Total" under Field Overrides of Commerce Map`, for the middle of a sentence. */
export function rowsFor(
  names: readonly string[],
  joint: 'and' | 'or' = 'and',
  panel = FIELD_OVERRIDES,
): string {
  return `a row for ${rowNames(names, joint)} under ${panel} of ${MAP_NODE}`;
}
