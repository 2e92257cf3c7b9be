import type { Row } from '../../../core/odata/types';

type Matches = (row: Row) => boolean;
type Value = string | number | boolean | null;

const COMPARE: Record<string, (one: Value, other: Value) => boolean> = {
  eq: (one, other) => one === other,
  ne: (one, other) => one !== other,
  gt: (one, other) => one !== null && other !== null && one > other,
  lt: (one, other) => one !== null && other !== null && one < other,
};

/** A literal of OData; a moment stays the text that it is stored as. */
function literal(token = ''): Value {
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  return /^\d{4}-\d\d-\d\dT/.test(token) ? token : (JSON.parse(token) as Value);
}

/** Reads `(a eq 'x' or b gt 1)` and `contains(a,'x')`. Throws where the text is anything else. */
export function readFilter(text: string, columns: readonly string[]): Matches {
  const tokens = text.match(/'(?:[^']|'')*'|[(),]|[^\s(),']+/g) ?? [];
  const next = (): string => tokens.shift() ?? '';
  const column = (name: string): string => {
    if (columns.includes(name)) return name;
    throw new Error(`${name} is no field`);
  };
  function one(): Matches {
    const first = next();
    if (first === '(') {
      const inner = any();
      next();
      return inner;
    }
    if (first === 'contains') {
      const [, name, , part] = [next(), column(next()), next(), String(literal(next())), next()];
      return (row) => String(row[name]).includes(part);
    }
    const [name, compare, wanted] = [column(first), COMPARE[next()], literal(next())];
    if (!compare) throw new Error('There is no such comparison');
    return (row) => compare(row[name] as Value, wanted);
  }
  function any(): Matches {
    const all = [one()];
    while (tokens[0] === 'or' && next()) all.push(one());
    return (row) => all.some((matches) => matches(row));
  }
  return any();
}
