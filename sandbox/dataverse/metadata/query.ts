import { errors } from '../errors';
import type { Expression } from '../../odata/syntax/expression';
import type { Expand, QueryOptions } from '../../odata/syntax/query-options';
import type { JsonObject, JsonValue } from '../options';

/** `$select`, `$filter` and `$expand` over metadata, which is plain JSON and not rows. */

export interface Presentation {
  /** Name of the type in error texts, such as `EntityMetadata`. */
  type: string;
  /** Related metadata of an item by navigation property; undefined when the type has no such property. */
  expand(item: JsonObject, navigation: string): JsonValue | undefined;
  /** Names that may be selected; all of an item when left out. */
  selectable?: ReadonlySet<string>;
}

export function present(
  items: readonly JsonObject[],
  options: QueryOptions,
  presentation: Presentation,
): JsonObject[] {
  const { filter, top } = options;
  const chosen = filter ? items.filter((item) => test(item, filter, presentation)) : items;
  return chosen.slice(0, top ?? Infinity).map((item) => presentOne(item, options, presentation));
}

export function presentOne(
  item: JsonObject,
  options: QueryOptions,
  presentation: Presentation,
): JsonObject {
  const shown = options.select ? picked(item, options.select, presentation) : { ...item };
  for (const expand of options.expand) addExpanded(shown, item, expand, presentation);
  return shown;
}

const unknown = (name: string, { type }: Presentation): Error =>
  errors.query(
    `Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.${type}'.`,
  );

function picked(
  item: JsonObject,
  select: readonly string[],
  presentation: Presentation,
): JsonObject {
  const shown: JsonObject = {};
  if (item['@odata.type'] !== undefined) shown['@odata.type'] = item['@odata.type'];
  for (const name of select) {
    const value = item[name];
    const allowed = presentation.selectable?.has(name) ?? value !== undefined;
    if (!allowed || value === undefined) throw unknown(name, presentation);
    shown[name] = value;
  }
  if (item.MetadataId !== undefined) shown.MetadataId = item.MetadataId;
  return shown;
}

function addExpanded(
  shown: JsonObject,
  item: JsonObject,
  { navigation, options }: Expand,
  presentation: Presentation,
): void {
  const related = presentation.expand(item, navigation);
  if (related === undefined) throw unknown(navigation, presentation);
  const inner: Presentation = { type: navigation, expand: () => undefined };
  if (Array.isArray(related)) {
    shown[navigation] = present(related as JsonObject[], options, inner);
  } else {
    shown[navigation] = related === null ? null : presentOne(related as JsonObject, options, inner);
  }
}

type Scalar = string | number | boolean | null;

function test(item: JsonObject, expression: Expression, presentation: Presentation): boolean {
  switch (expression.kind) {
    case 'and':
      return (
        test(item, expression.left, presentation) && test(item, expression.right, presentation)
      );
    case 'or':
      return (
        test(item, expression.left, presentation) || test(item, expression.right, presentation)
      );
    case 'not':
      return !test(item, expression.operand, presentation);
    case 'compare': {
      checkEnums(expression.left, expression.right);
      const left = scalar(item, expression.left, presentation);
      const right = scalar(item, expression.right, presentation);
      return compare(expression.operator, left, right);
    }
    case 'call': {
      const [subject, pattern] = expression.args.map((arg) =>
        String(scalar(item, arg, presentation) ?? '').toLowerCase(),
      );
      return TEXT_TESTS[expression.name]?.(subject ?? '', pattern ?? '') ?? false;
    }
    case 'path':
    case 'literal':
      return scalar(item, expression, presentation) === true;
    default:
      throw errors.query('This filter is not supported on metadata.');
  }
}

/** Properties whose values are members of an enumeration, with its name. */
const ENUMS: Readonly<Record<string, string>> = {
  AttributeType: 'AttributeTypeCode',
  EntityKeyIndexStatus: 'EntityKeyIndexStatus',
  OptionSetType: 'OptionSetType',
  OwnershipType: 'OwnershipTypes',
  RelationshipType: 'RelationshipType',
  SecurityTypes: 'SecurityTypes',
};

/** Documented: a member of an enumeration is written with its namespace and type, never as plain text. */
function checkEnums(...sides: readonly [Expression, Expression]): void {
  const names = sides.map((side) =>
    side.kind === 'path' ? ENUMS[side.segments.join('/')] : undefined,
  );
  const type = names[0] ?? names[1];
  const [other] = sides.filter((_side, index) => names[index] === undefined);
  if (!type || other?.kind !== 'literal' || other.type === 'enum' || other.type === 'null') return;
  throw errors.query(
    `A binary operator with incompatible types was detected: write Microsoft.Dynamics.CRM.${type}'…' ` +
      'with the namespace.',
  );
}

const TEXT_TESTS: Readonly<Record<string, (text: string, pattern: string) => boolean>> = {
  contains: (text, pattern) => text.includes(pattern),
  startswith: (text, pattern) => text.startsWith(pattern),
  endswith: (text, pattern) => text.endsWith(pattern),
};

function compare(operator: string, left: Scalar, right: Scalar): boolean {
  if (operator === 'eq') return left === right;
  if (operator === 'ne') return left !== right;
  if (left === null || right === null) return false;
  if (operator === 'gt') return left > right;
  if (operator === 'ge') return left >= right;
  return operator === 'lt' ? left < right : left <= right;
}

const LABELS: ReadonlySet<string> = new Set(['LocalizedLabels', 'UserLocalizedLabel']);

function scalar(item: JsonObject, expression: Expression, presentation: Presentation): Scalar {
  if (expression.kind === 'literal') return expression.value;
  if (expression.kind !== 'path') throw errors.query('This filter is not supported on metadata.');
  let value: JsonValue | undefined = item;
  if (expression.segments.some((segment) => LABELS.has(segment))) {
    throw errors.query('Properties of the type Label cannot be filtered.');
  }
  for (const segment of expression.segments) {
    value = (value as JsonObject | null)?.[segment];
    if (value === undefined) throw unknown(segment, presentation);
  }
  if (typeof value === 'object' && value !== null) {
    throw errors.query(`The property '${expression.segments.join('/')}' cannot be filtered.`);
  }
  return value;
}
