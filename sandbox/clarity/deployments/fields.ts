/** How one field is called on the wire: a name, a path such as `Totals.Total`, or that and a shape of its own. */
export type Field = string | ShapedField;

interface ShapedField {
  at: string;
  show(value: unknown): unknown;
  read(value: unknown): unknown;
  /** Those inside, where they have a table. */
  fields?: Fields;
}

export type Fields = Readonly<Record<string, Field>>;

/** How names are written that a table of fields does not name. */
export interface OtherNames {
  show(name: string): string;
  read(name: string): string;
}

export const SAME_NAMES: OtherNames = { show: (name) => name, read: (name) => name };

/** Names that begin with a capital letter. */
export const PASCAL_NAMES: OtherNames = {
  show: (name) => name.charAt(0).toUpperCase() + name.slice(1),
  read: (name) => name.charAt(0).toLowerCase() + name.slice(1),
};

type Given = Record<string, unknown>;

const isObject = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const pathOf = (field: Field): string[] =>
  (typeof field === 'string' ? field : field.at).split('.');

function put(target: Given, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const inner = target[name];
  const next = isObject(inner) ? inner : {};
  target[name] = next;
  put(next, rest, value);
}

const taken = (from: unknown, path: readonly string[]): unknown =>
  path.reduce((value, name) => (isObject(value) ? value[name] : undefined), from);

/** Objects and lists of objects without a table of their own, in the other names all the way down. */
function deep(value: unknown, name: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => deep(each, name));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [name(key), deep(inner, name)]),
  );
}

/** A document in the names of a deployment. */
export function renamed(document: object, fields: Fields, others: OtherNames): Given {
  const result: Given = {};
  for (const [name, value] of Object.entries(document)) {
    const field = fields[name];
    if (field === undefined) result[others.show(name)] = deep(value, others.show);
    else {
      const shown = typeof field === 'string' ? deep(value, others.show) : field.show(value);
      put(result, pathOf(field), shown);
    }
  }
  return result;
}

/** What was sent, in the names of the shop's own documents. */
export function restored(body: object, fields: Fields, others: OtherNames): Given {
  const result: Given = {};
  const known = new Set<string>();
  for (const [name, field] of Object.entries(fields)) {
    const path = pathOf(field);
    known.add(path[0] ?? '');
    const value = taken(body, path);
    if (value === undefined) continue;
    result[name] = typeof field === 'string' ? deep(value, others.read) : field.read(value);
  }
  for (const [name, value] of Object.entries(body)) {
    if (!known.has(name)) result[others.read(name)] = deep(value, others.read);
  }
  return result;
}

/** Where a field stands on the wire that stands there in the shop's own documents. */
export function pathShown(path: readonly string[], fields: Fields, others: OtherNames): string[] {
  const [name, ...rest] = path;
  if (name === undefined) return [];
  if (/^\d+$/.test(name)) return [name, ...pathShown(rest, fields, others)];
  const field = fields[name];
  const inner = typeof field === 'object' ? (field.fields ?? {}) : {};
  const at = field === undefined ? [others.show(name)] : pathOf(field);
  return [...at, ...pathShown(rest, inner, others)];
}

/** An object, or a list of objects, with a table of its own. */
export function inside(at: string, fields: Fields, others: OtherNames): ShapedField {
  const each =
    (turn: (value: object) => unknown) =>
    (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map((one) => (isObject(one) ? turn(one) : one));
      return isObject(value) ? turn(value) : value;
    };
  return {
    at,
    fields,
    show: each((value) => renamed(value, fields, others)),
    read: each((value) => restored(value, fields, others)),
  };
}
