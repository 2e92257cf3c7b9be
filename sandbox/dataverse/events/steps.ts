import { WEBHOOK_CONTRACT } from '../schema/tables/webhooks';
import type { Engine } from '../engine';
import { isReference, type Row } from '../store/row';
import type { RowChange } from '../store/database';
import { changedColumns } from './entities';

export type Message = 'Create' | 'Update' | 'Delete';

/** One step that a change concerns, with the endpoint that it calls. */
export interface Step {
  id: string;
  row: Row;
  endpoint: Row;
  synchronous: boolean;
}

export const messageOf = ({ before, after }: RowChange): Message => {
  if (!before) return 'Create';
  return after ? 'Update' : 'Delete';
};

/** Names of a comma-separated list; undefined where it is empty, which stands for all. */
export function listed(value: unknown): string[] | undefined {
  const names = String(value ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  return names.length > 0 ? names : undefined;
}

/** Source: Dataverse docs, register-plug-in: filtering attributes concern updates alone. */
function isFiltered(row: Row, change: RowChange): boolean {
  const filter = messageOf(change) === 'Update' ? listed(row.filteringattributes) : undefined;
  if (!filter) return false;
  const changed = changedColumns(change);
  return !filter.some((name) => changed.includes(name));
}

const ENABLED = 0;

/** The enabled steps of webhooks that are registered for a change, in the order of stage and rank. */
export function stepsFor({ database }: Engine, change: RowChange): Step[] {
  const { rows } = database.store('sdkmessageprocessingstep');
  if (rows.size === 0) return [];
  const message = messageOf(change);
  const find = (value: Row[string] | undefined): Row | undefined =>
    isReference(value) ? database.find(value) : undefined;
  const steps: Step[] = [];
  for (const [id, row] of rows) {
    if (row.statecode !== ENABLED || find(row.sdkmessageid)?.name !== message) continue;
    const filter = find(row.sdkmessagefilterid);
    if (filter && filter.primaryobjecttypecode !== change.table.name) continue;
    const endpoint = find(row.eventhandler);
    if (endpoint?.contract !== WEBHOOK_CONTRACT) continue;
    if (isFiltered(row, change)) continue;
    steps.push({ id, row, endpoint, synchronous: row.mode === 0 });
  }
  return steps.sort((one, other) => later(one, other, 'stage') || later(one, other, 'rank'));
}

const later = ({ row }: Step, { row: other }: Step, column: 'stage' | 'rank'): number =>
  Number(row[column]) - Number(other[column]);

/** A step as people look at it. */
export interface Hook {
  stepId: string;
  endpointId: string;
  url: string;
  message: string;
  /** Undefined where it is registered for every table. */
  table?: string;
  filteringAttributes: string[];
  enabled: boolean;
}

/** Every step of a webhook, enabled or not. */
export function allHooks({ database }: Engine): Hook[] {
  const find = (value: Row[string] | undefined): Row | undefined =>
    isReference(value) ? database.find(value) : undefined;
  const { rows } = database.store('sdkmessageprocessingstep');
  return [...rows].flatMap(([stepId, row]) => {
    const endpoint = find(row.eventhandler);
    if (endpoint?.contract !== WEBHOOK_CONTRACT) return [];
    const table = find(row.sdkmessagefilterid)?.primaryobjecttypecode;
    return [
      {
        stepId,
        endpointId: String(endpoint.serviceendpointid),
        url: String(endpoint.url),
        message: String(find(row.sdkmessageid)?.name),
        ...(typeof table === 'string' ? { table } : {}),
        filteringAttributes: listed(row.filteringattributes) ?? [],
        enabled: row.statecode === ENABLED,
      },
    ];
  });
}
