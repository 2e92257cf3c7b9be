import type { EntityType, Property } from '../../odata/query/entity-type';
import * as odata from '../../odata/query/filter';
import * as paths from '../../odata/query/paths';
import type { Expression } from '../../odata/syntax/expression';
import type { Engine } from '../engine';
import { errors } from '../errors';
import type { Table } from '../schema/model';
import type { Row } from '../store/row';
import { entityType } from './entity-type';
import { compileQueryFunction, refuseNoTexts } from './functions';
import { hasWildcard, like } from './wildcards';

/** Filters as Dataverse reads them: wildcards in text, and query functions of its own. */
function rulesFor({ switches }: Engine, compile: CompileFunction): odata.FilterRules<Row> {
  return {
    textFunctions: {
      contains: (text) => like(`%${text}%`),
      startswith: (text) => like(`${text}%`),
      endswith: (text) => like(`%${text}`),
    },
    textPattern: (text) =>
      switches.wildcardsInEquality && hasWildcard(text) ? like(text) : undefined,
    neFindsNull: switches.neFindsNull,
    queryFunction: compile,
  };
}

type CompileFunction = odata.FilterRules<Row>['queryFunction'];

/** Documented: functions of Dataverse cannot be negated, whatever else stands with them in the parentheses. */
function refuseNegated(expression: Expression, negated = false): void {
  switch (expression.kind) {
    case 'query-function':
      if (!negated) return;
      throw errors.query(
        'Not operator along with the Custom Named Condition operators is not allowed',
      );
    case 'not':
      return refuseNegated(expression.operand, true);
    case 'and':
    case 'or':
      refuseNegated(expression.left, negated);
      return refuseNegated(expression.right, negated);
    case 'lambda':
      return expression.body && refuseNegated(expression.body, negated);
    default:
  }
}

/** Compiles a filter once; the result tests one row. Names and types are checked here. */
export function compileFilter(
  engine: Engine,
  table: Table,
  expression: Expression,
): (row: Row) => boolean {
  refuseNegated(expression);
  // Query functions name a column of the table that is asked for, wherever they stand.
  const rules = rulesFor(engine, (_type: EntityType<Row>, name, parameters) => {
    refuseNoTexts(parameters.PropertyValues);
    return compileQueryFunction(engine, table, name, parameters);
  });
  return odata.compileFilter(rules, entityType(engine, table), expression);
}

/** `name`, `_primarycontactid_value` or `primarycontactid/fullname`. */
export const resolvePath = (
  engine: Engine,
  table: Table,
  segments: readonly string[],
): Property<Row> => paths.resolvePath(entityType(engine, table), segments);
