/**
 * Every row that the preset fills, changed by hand: the field of the input that a person has dragged onto it. The same is
 * said as expressions of Edit Fields and as JavaScript; all three must put out the same.
 */
import { explainMapping } from '../../../core/mapping';
import { DOCUMENTS, findPreset } from '../../../core/presets';

export const PRESET = { from: 'xcart.order', to: 'dataverse.salesorder' } as const;
const LINES = 'salesorder.order_details';

/** Orders whose amounts add up with nothing but lines, and a field of each kind that amounts can be dragged from. */
export const ADAPT = `
  order.surcharges = [];
  order.payments = [];
  order.zero = 0;
  // Every customer is a company, so that every order has an account.
  order.billing_address.custom_fields = [{ name: 'company', value: 'Byron' }];
  for (const item of order.items) Object.assign(item, { zero: 0, yes: true, surcharges: [] });
  order.total = order.sub_total = Number(order.items.reduce((sum, i) => sum + i.amount * i.item_net_price, 0).toFixed(2));`;

/** Where the field is a number or a yes, or may not be just any text. */
const CHOSEN: Record<string, string> = {
  'salesorder.freightamount': 'zero',
  'salesorder.discountamount': 'zero',
  'salesorder.expectedtotal': 'total',
  'salesorder.transactioncurrency': 'currency',
  'state.total': 'total',
  'state.refunded': 'zero',
  [`${LINES}[*].productnumber`]: 'items[0].sku',
  [`${LINES}[*].productdescription`]: 'items[0].name',
  [`${LINES}[*].quantity`]: 'items[0].amount',
  [`${LINES}[*].priceperunit`]: 'items[0].item_net_price',
  [`${LINES}[*].manualdiscountamount`]: 'items[0].zero',
  [`${LINES}[*].tax`]: 'items[0].zero',
  [`${LINES}[*].lineitemnumber`]: 'items[0].id',
  [`${LINES}[*].ispriceoverridden`]: 'items[0].yes',
  [`${LINES}[*].salesorderdetailid`]: 'items[0].name',
};

/** Fields of the order that are never empty, in turn. */
const TEXTS = [
  'order_number',
  'email',
  'billing_address.firstname',
  'billing_address.lastname',
  'billing_address.street',
  'billing_address.city',
  'billing_address.zipcode',
  'shipping_address.city',
  'payment_status.code',
];

export interface Dragged {
  to: string;
  from: string;
}

/** Edit Fields would split this name at its dot. */
const isSayable = (to: string): boolean => !to.includes('"');

const preset = findPreset(PRESET.from, PRESET.to);
const targets = preset ? [...explainMapping(preset, DOCUMENTS).keys()] : [];

export const DRAGGED: Dragged[] = targets
  .filter(isSayable)
  .map((to, at) => ({ to, from: CHOSEN[to] ?? TEXTS[at % TEXTS.length] ?? '' }));

/** The one row that is not dragged onto is taken out with the bin. */
export const columns = {
  mappingMode: 'defineBelow',
  value: Object.fromEntries(DRAGGED.map(({ to, from }) => [to, `={{ $json.${from} }}`])),
  schema: targets.map((id) => ({ id, canBeUsedToMatch: true, removed: !isSayable(id) })),
};

const inList = DRAGGED.filter(({ to }) => to.startsWith(`${LINES}[*].`));
const single = DRAGGED.filter((field) => !inList.includes(field));
const lineKey = (to: string): string => to.slice(`${LINES}[*].`.length);
const lineMap = inList
  .map(({ to, from }) => `${lineKey(to)}: i.${from.replace('items[0].', '')}`)
  .join(', ');

export const assignments = [
  ...single.map(({ to, from }) => ({ name: to, value: `={{ $json.${from} }}`, type: 'string' })),
  { name: LINES, value: `={{ $json.items.map((i) => ({ ${lineMap} })) }}`, type: 'array' },
].map((assignment, at) => ({
  ...assignment,
  id: String(at),
  ...(/total|amount|refunded/.test(assignment.name) && assignment.type === 'string'
    ? { type: 'number' }
    : {}),
}));

interface Tree {
  [key: string]: Tree | string;
}

function tree(): Tree {
  const root: Tree = {};
  for (const { to, from } of single) {
    const keys = to.split('.');
    const last = keys.pop() ?? '';
    const at = keys.reduce<Tree>((node, key) => (node[key] ??= {}) as Tree, root);
    at[last] = `o.${from}`;
  }
  (root.salesorder as Tree).order_details = `o.items.map((i) => ({ ${lineMap} }))`;
  return root;
}

const code = (node: Tree | string): string =>
  typeof node === 'string'
    ? node
    : `{ ${Object.entries(node)
        .map(([key, value]) => `${key}: ${code(value)}`)
        .join(', ')} }`;

export const handWritten = `return $input.all().map(({ json: o }, index) => ({
  json: ${code(tree())},
  pairedItem: { item: index },
}));`;
