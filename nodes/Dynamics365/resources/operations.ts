import type { Operation } from '../../shared/operation';
import { tableOperations } from '../../shared/table/operations';
import type { Subject } from '../../shared/table/service';
import { dataverseTables } from '../tables';

/**
 * What every table can do, and what only this one can, in alphabetical order. An operation of the same value takes the
 * place of the table's.
 */
export function operations(subject: Subject, ...more: Operation[]): Operation[] {
  const replaced = new Set(more.map(({ value }) => value));
  const usual = tableOperations(dataverseTables, subject).filter(
    ({ value }) => !replaced.has(value),
  );
  return [...usual, ...more].sort((a, b) => a.name.localeCompare(b.name));
}

const RELATING = new Set(['associate', 'disassociate']);

/** The same for tables that stand alone, or whose rows always belong to the same others. */
export const operationsAlone = (subject: Subject, ...more: Operation[]): Operation[] =>
  operations(subject, ...more).filter(({ value }) => !RELATING.has(value));

const WRITING = new Set(['create', 'update', 'upsert']);

/** The same with a word to whoever is about to write such rows. */
export const warned = (text: string, all: Operation[]): Operation[] =>
  all.map((operation) =>
    WRITING.has(operation.value)
      ? {
          ...operation,
          properties: [
            { displayName: text, name: 'warning', type: 'notice', default: '' },
            ...operation.properties,
          ],
        }
      : operation,
  );
