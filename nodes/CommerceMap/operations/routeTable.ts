import type { IExecuteFunctions } from 'n8n-workflow';

import {
  type AxisTable,
  knownCode,
  ownStatus,
  type RouteAction,
  type StateTable,
} from '../../../core/commerce/route';
import { type ShopStatuses, STATUS_AXES, type StatusAxis } from '../../../core/commerce/statuses';
import { validationError } from '../../../core/errors';
import { ROUTE_TARGETS, type RouteTarget, SHOP_STATUSES } from '../../../core/presets';
import { sameForAll } from '../../shared/parameters';
import { defaultAction, otherParameter, statusParameter } from './routeFields';

interface SavedRow {
  status?: string;
  axis?: StatusAxis | 'any';
  action?: RouteAction;
}

export interface RouteSettings {
  table: StateTable;
  target: RouteTarget;
  /** Whether any status makes a draft: then what is written as usual says that it is none. */
  hasDrafts: boolean;
}

const OTHER_STATUSES = { name: 'otherStatuses.rows', displayName: 'Other Statuses' };

type Choose = (parameter: string, fallback: RouteAction) => RouteAction;

function readRows(context: IExecuteFunctions): SavedRow[] {
  const rows = sameForAll<SavedRow[]>(context, OTHER_STATUSES, []);
  const nameless = rows.findIndex(({ status = '' }) => ownStatus(status) === '');
  if (nameless < 0) return rows;
  throw validationError(
    `Status ${nameless + 1} under Other Statuses has no name`,
    'Enter the name or the code of the status, or remove the row.',
  );
}

function axisTable(
  axis: StatusAxis,
  codes: NonNullable<ShopStatuses[StatusAxis]>,
  rows: SavedRow[],
  choose: Choose,
): AxisTable {
  const known = Object.entries(codes).map(
    ([code, status]) =>
      [
        knownCode(code),
        choose(statusParameter(axis, status), defaultAction(axis, status.status)),
      ] as const,
  );
  const own = rows
    .filter((row) => (row.axis ?? 'any') === 'any' || row.axis === axis)
    .map(({ status = '', action = 'write' }) => [ownStatus(status), action] as const);
  return {
    known: new Map(known),
    own: new Map(own),
    other: choose(otherParameter(axis), defaultAction(axis, 'unknown')),
  };
}

const actionsIn = (table: StateTable): RouteAction[] =>
  Object.values(table).flatMap(({ known, own, other }) => [
    ...known.values(),
    ...own.values(),
    other,
  ]);

/** The state table as the panel has it: the same for all items. */
export function readRouteSettings(context: IExecuteFunctions): RouteSettings {
  const from = sameForAll<string>(context, 'from');
  const target = ROUTE_TARGETS.get(sameForAll<string>(context, 'to'));
  const statuses = SHOP_STATUSES.get(from);
  if (!statuses || !target) {
    throw validationError(
      `There is no state table for "${from}"`,
      'Choose From and To from the lists.',
    );
  }
  const rows = readRows(context);
  const choose: Choose = (parameter, fallback) =>
    sameForAll<RouteAction>(context, parameter, fallback);
  const table = Object.fromEntries(
    STATUS_AXES.flatMap((axis) => {
      const codes = statuses[axis];
      return codes ? [[axis, axisTable(axis, codes, rows, choose)]] : [];
    }),
  ) as StateTable;
  return { table, target, hasDrafts: actionsIn(table).includes('draft') };
}
