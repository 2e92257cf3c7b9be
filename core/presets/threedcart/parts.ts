import type { FieldRule } from '../../mapping/spec';

/** Says something of some statuses only. */
export function statusOf(
  to: string,
  from: string,
  table: Readonly<Record<string, string>>,
): FieldRule {
  return { to, from, transforms: [{ type: 'lookup', table, otherwise: 'empty' }] };
}
