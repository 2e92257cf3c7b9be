import { validationError } from '../../../core/errors';
import type { Expand, ReadOptions, Row } from '../../../core/odata/types';
import { textIn } from '../../../core/values';
import type { TableOptions } from './service';

/** Text with commas between, or a list that an expression gives. */
function names(given: unknown): string[] {
  const text = Array.isArray(given) ? given.join(',') : textIn(given);
  return (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

const EXPAND = /^([A-Za-z_]\w*)(?:\(([^()]*)\))?$/;

/** `order_details(quantity,priceperunit), customerid_account(name)` */
function expansions(given: unknown): Expand[] {
  const text = Array.isArray(given) ? given.join(',') : textIn(given);
  const parts = (text ?? '').match(/[^,()]+(?:\([^()]*\))?/g) ?? [];
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, property, select] = EXPAND.exec(part) ?? [];
      if (property) return { property, ...(select && { select: names(select) }) };
      throw validationError(
        `"${part}" cannot be expanded`,
        'Write names of navigation properties with commas between, each with its columns in brackets: order_details(quantity,priceperunit).',
      );
    });
}

/** The reading part of a node's options. */
export function readOptions({ select, expand, annotations }: TableOptions): ReadOptions {
  const columns = names(select);
  const expanded = expansions(expand);
  return {
    ...(columns.length > 0 && { select: columns }),
    ...(expanded.length > 0 && { expand: expanded }),
    ...(annotations && { annotations }),
  };
}

export function orderBy({ orderBy: text }: TableOptions): string[] | undefined {
  const columns = names(text);
  return columns.length > 0 ? columns : undefined;
}

function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue);
  return typeof value === 'object' && value !== null ? plainRow(value as Row) : value;
}

/**
 * Without protocol keys such as `@odata.etag`, also on related rows; formatted values, where they were asked for,
 * stay.
 */
export function plainRow(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([key]) => !key.startsWith('@odata.') && !key.endsWith('@odata.nextLink'))
      .map(([key, value]) => [key, plainValue(value)]),
  );
}
