import type { Expression } from 'jsonata';

import { ServiceError, validationError } from '../errors';
import { withReaders } from './formulaFunctions';
import type { Scope } from './scope';

/** Works out one formula for a document or list element. */
export type Formula = (scope: Scope) => Promise<unknown>;
export type FormulaEngine = (text: string) => Formula;

/** A formula that runs longer than this, or nests deeper, is a mistake in the formula. */
const LIMITS = { timeout: 2_000, stack: 200 };

/** JSONata is heavy and most mappings need none: it loads with the first mapping that has a formula. */
export async function loadFormulaEngine(): Promise<FormulaEngine> {
  const { default: jsonata } = await import('jsonata');
  return (text) => {
    const expression = compile(() => jsonata(text, LIMITS));
    withReaders(jsonata, expression);
    return evaluate(expression);
  };
}

function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | null)?.message;
  return typeof message === 'string' ? message : String(error);
}

function compile(parse: () => Expression): Expression {
  try {
    return parse();
  } catch (error) {
    throw validationError(
      `the formula cannot be read: ${messageOf(error)}`,
      'Correct the JSONata formula; try it at try.jsonata.org with a document of yours.',
    );
  }
}

/** JSONata marks its lists with extra properties; what leaves here is plain JSON. */
function plain(result: unknown): unknown {
  return Array.isArray(result) ? [...(result as unknown[])] : result;
}

function evaluate(expression: Expression): Formula {
  return async (scope) => {
    const bindings = {
      root: scope.root,
      parent: scope.parent?.value,
      index: scope.index,
      source: scope.run.context.source,
    };
    try {
      return plain(await expression.evaluate(scope.value, bindings));
    } catch (error) {
      throw new ServiceError(`the formula did not work: ${messageOf(error)}`, {
        class: 'validation',
        fix: 'Correct the JSONata formula of this row, or the value that it reads.',
        cause: error,
      });
    }
  };
}
