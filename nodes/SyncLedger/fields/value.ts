import { get } from 'lodash';
import type { INodeExecutionData } from 'n8n-workflow';

import type { ParameterReader } from '../../shared/parameters';

/**
 * The value that a parameter named "… Field" leads to: plain text is the path of a field, and fast; an expression
 * (what the editor makes of a field that is dragged in) is the value itself.
 */
export function fieldValue(
  read: ParameterReader,
  name: string,
  item: INodeExecutionData,
  index: number,
  fallback = '',
): unknown {
  const given: unknown = read<unknown>(name, index, fallback);
  if (!read.isStatic(name)) return given;
  const path = typeof given === 'string' ? given.trim() : '';
  return path === '' ? undefined : (get(item.json, path) as unknown);
}

/** As text; undefined when there is none. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
