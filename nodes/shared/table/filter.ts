import type { Condition, Metadata } from '../../../core/dynamics/tables';
import type { TableReader } from './reader';
import type { TableService } from './service';

/** The conditions of an item in OData; undefined without any. */
export async function filterFor(
  { filters }: TableService,
  reader: TableReader,
  metadata: Metadata,
  index: number,
): Promise<string | undefined> {
  const { condition = [] } = reader.read<{ condition?: Condition[] }>('conditions', index, {});
  if (condition.length === 0) return undefined;
  const { logicalName } = await reader.table(index);
  const combine = reader.read<string>('combine', index, 'all');
  return filters.of(condition, combine, await metadata.columns(logicalName));
}

export function both(...filters: Array<string | undefined>): string | undefined {
  const given = filters.filter((filter) => filter !== undefined && filter.trim() !== '');
  return given.length > 1 ? given.map((filter) => `(${filter})`).join(' and ') : given[0];
}
