import type { Engine } from '../engine';
import { errors } from '../errors';
import { FILE_ACTIONS } from '../files/messages';
import { SEARCH_ACTIONS } from '../search/actions';
import type { WebResponse } from '../../odata/http/message';
import type { Table } from '../schema/model';
import type { Row } from '../store/row';
import type { ActionForm } from '../switches';
import { bodyOf, type Call } from './call';
import { checkParameters } from './parameters';
import { SALES_ACTIONS } from './sales';
import type { Action } from './sales/action';

/** Actions, at the root of the service or bound to the set or a row of their table. */

const ACTIONS: Readonly<Record<string, Action>> = {
  ...SALES_ACTIONS,
  ...FILE_ACTIONS,
  ...SEARCH_ACTIONS,
};

const actionOf = (name: string): Action | undefined =>
  Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;

const formOf = ({ switches }: Engine, name: string): ActionForm =>
  switches.actionForms[name] ?? 'unbound';

export interface ServedAction extends Pick<Action, 'parameters' | 'table' | 'row'> {
  name: string;
  /** At the root of the service, behind its table, or both. */
  places: ReadonlyArray<'bound' | 'unbound'>;
}

const PLACES = {
  bound: ['bound'],
  unbound: ['unbound'],
  both: ['bound', 'unbound'],
} as const satisfies Record<ActionForm, ServedAction['places']>;

/** Every action, and where it stands as the switches say. */
export const servedActions = (engine: Engine): ServedAction[] =>
  Object.entries(ACTIONS).map(([name, { parameters, table, row }]) => ({
    name,
    parameters,
    table,
    row,
    places: PLACES[table === undefined ? 'unbound' : formOf(engine, name)],
  }));

/** Whether an action stands at the root of the service. */
export function isAction(engine: Engine, name: string): boolean {
  const action = actionOf(name);
  if (action === undefined) return false;
  return action.table === undefined || formOf(engine, name) !== 'bound';
}

/** Whether an action stands behind the set of a table, or behind its rows, by its name without the namespace. */
export function isBoundAction(
  engine: Engine,
  table: Table,
  name: string,
  to: 'set' | 'row',
): boolean {
  const action = actionOf(name);
  const isThere = action?.table === table.name && formOf(engine, name) !== 'unbound';
  return isThere && (action.row !== undefined) === (to === 'row');
}

/** @param bound the row that the action is bound to */
export function callAction(call: Call, name: string, bound?: Row): WebResponse {
  const action = actionOf(name);
  if (!action || call.request.method !== 'POST') throw errors.noSegment(name);
  call.engine.context.counters.operation('dataverse', name);
  const body = bodyOf(call);
  if (!bound || !action.row || !action.table) {
    checkParameters(name, action.parameters, body);
    return action.run(call, body);
  }
  const { [action.row]: _, ...parameters } = action.parameters;
  checkParameters(name, parameters, body);
  const id = String(bound[call.engine.model.required(action.table).primaryId]);
  return action.run(call, { ...body, [action.row]: id });
}
