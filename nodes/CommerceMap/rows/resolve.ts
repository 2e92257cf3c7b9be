import { isPlainObject, mapValues } from 'lodash';
import type { IExecuteFunctions } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import { isExpression, isOfTheRun } from './dragged';
import type { SavedRow } from './saved';

function workedOut(context: IExecuteFunctions, expression: string, name: string): unknown {
  try {
    return context.evaluateExpression(expression.slice(1), 0);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw validationError(
      `${name} has an expression that cannot be worked out: ${why}`,
      `Correct the expression ${expression.slice(1).trim()}, or enter a fixed value.`,
    );
  }
}

/**
 * A row with its expressions worked out that are the same for all items. The others stay as they are saved: the first
 * item may not have what they read, and is no reason to refuse all that come after it.
 */
export function resolved(context: IExecuteFunctions, row: SavedRow, name: string): SavedRow {
  const resolve = (value: unknown): unknown => {
    if (isExpression(value)) return isOfTheRun(value) ? workedOut(context, value, name) : value;
    if (Array.isArray(value)) return value.map(resolve);
    return isPlainObject(value) ? mapValues(value as object, resolve) : value;
  };
  return resolve(row) as SavedRow;
}
