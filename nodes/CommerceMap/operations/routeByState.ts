import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { type Routed, routeByState as decide, type RouteWay } from '../../../core/commerce/route';
import { type OrderState, orderStateSchema } from '../../../core/commerce/state';
import { validationError } from '../../../core/errors';
import { resultItem } from '../../shared/items';
import type { Operation } from '../../shared/operation';
import { itemSteps, together } from '../../shared/steps';
import { openRefundMemory, REFUND } from './refundMemory';
import { routeFields } from './routeFields';
import { readRouteSettings, type RouteSettings } from './routeTable';

/** The outputs of the node, in their order. What fails leaves by the last one. */
const WAYS: readonly RouteWay[] = ['write', 'refund', 'cancel', 'hold'];

interface Work {
  json: IDataObject;
  state: OrderState;
}

function stateOf({ state }: IDataObject): OrderState {
  if (typeof state !== 'object' || state === null) {
    throw validationError(
      'This item has no field "state" with where its order stands in the shop',
      'Put Route by State behind Commerce Map: Map Documents, with the same From and To.',
    );
  }
  const read = orderStateSchema.safeParse(state);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw validationError(
    `The field "state.${issue?.path.join('.') ?? ''}" of this item cannot be used: ${issue?.message ?? ''}`,
    'Correct it where it is made: in the mapping, by a row of Field Overrides for this field.',
  );
}

/** Whether the order stands in the target, as far as the ledger knows; undefined where the item has no claim. */
function isWritten({ claim }: IDataObject): boolean | undefined {
  if (typeof claim !== 'object' || claim === null) return undefined;
  return (claim as IDataObject).target !== undefined;
}

/** The part of the document that says whether it is a draft, where the table makes drafts at all. */
function draftColumns(
  json: IDataObject,
  { action, isDraft }: Routed,
  { target: { draft }, hasDrafts }: RouteSettings,
): IDataObject {
  if (!draft || !hasDrafts || action === 'hold' || action === 'cancel') return {};
  const columns = isDraft ? draft.draft : draft.order;
  return { [draft.in]: { ...(json[draft.in] as IDataObject), ...columns } };
}

/** Complete confirms together with the record what was told of it. */
const withFact = ({ claim }: IDataObject): IDataObject =>
  typeof claim === 'object' && claim !== null
    ? { claim: { ...(claim as IDataObject), facts: [REFUND] } }
    : {};

function outputOf({ json }: INodeExecutionData, routed: Routed, settings: RouteSettings): object {
  const { action, reason, remark, refund } = routed;
  return {
    ...json,
    ...draftColumns(json, routed, settings),
    state: { ...(json.state as IDataObject), action, reason, ...(remark && { remark }) },
    ...(refund && { refund, ...withFact(json) }),
  };
}

/** Only of what was given back it matters what was told before: whoever refunds nothing costs no look into the ledger. */
async function routeAll(all: Work[], { table, target }: RouteSettings): Promise<Routed[]> {
  const decided = ({ json, state }: Work, refunded = 0): Routed =>
    decide(state, table, { isWritten: isWritten(json), refunded }, target.name);
  const routed = all.map((work) => decided(work));
  const refunding = all.flatMap((work, place) => (routed[place]?.refund ? [{ work, place }] : []));
  if (refunding.length === 0) return routed;
  const memory = await openRefundMemory();
  const seen = await memory.seen(refunding.map(({ work }) => work.json));
  const told: Array<{ json: IDataObject; total: number }> = [];
  refunding.forEach(({ work, place }, index) => {
    const again = decided(work, seen[index]);
    routed[place] = again;
    if (again.refund) told.push({ json: work.json, total: again.refund.total });
  });
  await memory.note(told);
  return routed;
}

export const routeByState: Operation = {
  name: 'Route by State',
  value: 'route',
  action: 'Route orders by state',
  description:
    'Decide by the status of an order in the shop whether it is written, refunded, canceled or held',
  properties: routeFields,
  outputs: WAYS.length,
  // Sends nothing: whoever acts upon it asks for the claim.
  holdsClaims: false,
  start(context) {
    const settings = readRouteSettings(context);
    return itemSteps<Work, Routed>({
      prepare: ({ json }) => ({ json, state: stateOf(json) }),
      run: together((all) => routeAll(all, settings)),
      route: ({ way }) => WAYS.indexOf(way),
      output: (item, routed, index) => resultItem(outputOf(item, routed, settings), index),
    });
  },
};
