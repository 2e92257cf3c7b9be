import { omit } from 'lodash';

import { listRead, within } from './inList';
import type { OverlayRow } from './plan';
import type { FieldRule, MappingSpec } from './spec';

const EACH = '[*].';

/**
 * A whole mapping from flat rows, as a person writes them: `lines[*].sku` from `items[*].sku` becomes a list
 * that is mapped element by element. Rows of the same target list belong together; those that read no list
 * (fixed values) follow the list that the others read.
 */
export function rowsToSpec(from: string, to: string, rows: readonly OverlayRow[]): MappingSpec {
  return { from, to, fields: nest(withoutRemoved(rows)) };
}

/** A row that takes a field out where something holds is a condition of those that fill it. */
function withoutRemoved(rows: readonly OverlayRow[]): FieldRule[] {
  const removed = rows.filter(({ remove }) => remove);
  return rows
    .filter(({ remove }) => !remove)
    .map((given) => {
      const row = omit(given, 'keepsList');
      const taking = removed.filter(({ to }) => to === row.to);
      const stays = taking.flatMap(({ when }) => (when ? [{ not: when }] : []));
      if (stays.length === 0) return row;
      return { ...row, when: { and: [...(row.when ? [row.when] : []), ...stays] } };
    });
}

function nest(rows: readonly FieldRule[]): FieldRule[] {
  const fields: FieldRule[] = [];
  const lists = new Map<string, FieldRule[]>();
  for (const row of rows) {
    const at = row.to.indexOf(EACH);
    if (at === -1) {
      fields.push(row);
      continue;
    }
    const list = row.to.slice(0, at);
    const members = lists.get(list);
    if (members) members.push(row);
    else {
      const created = [row];
      lists.set(list, created);
      fields.push({ to: list, fields: created });
    }
  }
  return fields.map((rule) => (rule.fields === undefined ? rule : toList(rule.to, rule.fields)));
}

function toList(list: string, rows: FieldRule[]): FieldRule {
  const each = rows.map(listRead).find((read) => read !== undefined) ?? list;
  const field = (to: string): string => to.slice(list.length + EACH.length);
  return {
    to: list,
    each,
    fields: nest(rows.map((row) => ({ ...within(row, each), to: field(row.to) }))),
  };
}
