import { camelCase, upperFirst } from 'lodash';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { DEFAULT_ACTIONS, type RouteAction } from '../../../core/commerce/route';
import {
  type ShopStatuses,
  STATUS_AXES,
  type StatusAxis,
  type StatusCode,
} from '../../../core/commerce/statuses';
import { findDocument, PRESETS, ROUTE_TARGETS, SHOP_STATUSES } from '../../../core/presets';
import type { RouteTarget } from '../../../core/presets';

/** A shop's orders on their way to one target, and the fields that are shown for this pair. */
interface Pair {
  from: string;
  to: string;
  statuses: ShopStatuses;
  target: RouteTarget;
}

const PAIRS: readonly Pair[] = PRESETS.flatMap(({ from, to }) => {
  const statuses = SHOP_STATUSES.get(from);
  const target = ROUTE_TARGETS.get(to);
  return statuses && target ? [{ from, to, statuses, target }] : [];
});

const options = (names: readonly string[]): INodePropertyOptions[] =>
  [...new Set(names)]
    .map((name) => ({ name: findDocument(name)?.displayName ?? name, value: name }))
    .sort((one, other) => one.name.localeCompare(other.name));

const [firstShop = ''] = PAIRS.map((pair) => pair.from);

const from: INodeProperties = {
  displayName: 'From',
  name: 'from',
  type: 'options',
  noDataExpression: true,
  options: options(PAIRS.map((pair) => pair.from)),
  default: firstShop,
  description: 'The document of the shop that came in, whose statuses are listed below',
};

function toField(shop: string): INodeProperties {
  const targets = PAIRS.filter((pair) => pair.from === shop).map(({ to }) => to);
  const [firstTarget = ''] = targets;
  return {
    displayName: 'To',
    name: 'to',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { from: [shop] } },
    options: options(targets),
    default: firstTarget,
    description: 'What the order becomes, which says what can be done with it there',
  };
}

function actionOptions({ name, draft }: RouteTarget): INodePropertyOptions[] {
  const all: Array<INodePropertyOptions & { value: RouteAction }> = [
    {
      name: 'Cancel',
      value: 'cancel',
      description: `Leaves by Cancel, for the node that cancels the order in ${name}`,
    },
    {
      name: 'Hold',
      value: 'hold',
      description:
        'Leaves by Hold: not written, seen in the Sync Ledger, and looked at again when the order changes',
    },
    {
      name: 'Refund',
      value: 'refund',
      description:
        'Written as usual. Money that was given back leaves once by Refund, with its amount. Where the shop lists no refunds, the whole total counts as given back.',
    },
    { name: 'Write', value: 'write', description: `Leaves by Write, to be written to ${name}` },
  ];
  if (!draft) return all;
  return [
    ...all,
    { name: 'Write as Draft', value: 'draft', description: `Written, but ${draft.description}` },
  ];
}

const TITLES: Record<StatusAxis, string> = {
  order: 'Order Status',
  payment: 'Payment Status',
  shipping: 'Shipping Status',
};

const WHAT_ABOUT: Record<StatusAxis, string> = {
  order: 'orders with this status',
  payment: 'orders whose payment has this status',
  shipping: 'orders whose goods have this status',
};

/** The parameter of a status: "paymentAwaitingPayment". */
export const statusParameter = (axis: StatusAxis, { name }: StatusCode<string>): string =>
  camelCase(`${axis} ${name}`);

export const otherParameter = (axis: StatusAxis): string => `${axis}AnyOther`;

/** What is done where the panel says nothing. */
export const defaultAction = (axis: StatusAxis, status: string): RouteAction =>
  (DEFAULT_ACTIONS[axis] as Readonly<Record<string, RouteAction>>)[status] ?? 'hold';

function axisFields(axis: StatusAxis, { statuses, target }: Pair): INodeProperties[] {
  const codes = statuses[axis];
  if (codes === undefined) return [];
  const field = (displayName: string, name: string, action: RouteAction, what: string) =>
    ({
      displayName,
      name,
      type: 'options',
      noDataExpression: true,
      options: actionOptions(target),
      default: action,
      description: `What to do with ${what}`,
    }) satisfies INodeProperties;
  const any = `Any Other ${TITLES[axis]}`;
  return [
    { displayName: TITLES[axis], name: `${axis}Heading`, type: 'notice', default: '' },
    ...Object.values(codes).map((code) =>
      field(
        code.name,
        statusParameter(axis, code),
        defaultAction(axis, code.status),
        WHAT_ABOUT[axis],
      ),
    ),
    field(
      any,
      otherParameter(axis),
      defaultAction(axis, 'unknown'),
      `orders that have another ${TITLES[axis].toLowerCase()}, or none`,
    ),
  ];
}

function otherStatuses({ statuses, target }: Pair): INodeProperties {
  const axes = STATUS_AXES.filter((axis) => statuses[axis] !== undefined);
  return {
    displayName: 'Other Statuses',
    name: 'otherStatuses',
    type: 'fixedCollection',
    typeOptions: { multipleValues: true, sortable: true },
    placeholder: 'Add Status',
    default: {},
    description: 'Statuses that you have added to your shop, or called otherwise there',
    options: [
      {
        displayName: 'Status',
        name: 'rows',
        values: [
          {
            displayName: 'Status',
            name: 'status',
            type: 'string',
            default: '',
            placeholder: 'e.g. Waiting for Cheque',
            description: 'Its name or its code in the shop; capitals do not matter',
          },
          {
            displayName: 'Is a Status Of',
            name: 'axis',
            type: 'options',
            noDataExpression: true,
            options: [
              { name: 'Any', value: 'any' },
              ...axes.map((axis) => ({ name: upperFirst(axis), value: axis })),
            ],
            default: 'any',
            description: 'Where two statuses have the same name or code, which of them is meant',
          },
          {
            displayName: 'Action',
            name: 'action',
            type: 'options',
            noDataExpression: true,
            options: actionOptions(target),
            default: 'write',
            description: 'What to do with orders that have this status',
          },
        ],
      },
    ],
  };
}

function pairFields(pair: Pair): INodeProperties[] {
  const shown = { show: { from: [pair.from], to: [pair.to] } };
  return [...STATUS_AXES.flatMap((axis) => axisFields(axis, pair)), otherStatuses(pair)].map(
    (field) => ({ ...field, displayOptions: shown }),
  );
}

/** The state table: one drop-down for each status of the shop, as people call it there. */
export const routeFields: INodeProperties[] = [
  from,
  ...[...new Set(PAIRS.map((pair) => pair.from))].map(toField),
  ...PAIRS.flatMap(pairFields),
];
