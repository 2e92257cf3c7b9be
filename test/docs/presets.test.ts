/** The tables of the mapping guide that say which preset leads from what to what, and which operations give and take it. */
import type { INodeType } from 'n8n-workflow';

import { findDocument, PRESETS } from '../../core/presets';
import { Clarity } from '../../nodes/Clarity/Clarity.node';
import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { ThreeDCart } from '../../nodes/ThreeDCart/ThreeDCart.node';
import { XCart } from '../../nodes/XCart/XCart.node';
import { abilitiesOf } from '../editor/abilities';
import { expectTable, tableOf } from './markdown';

const PAGE = 'mapping.md';

const NODES: Readonly<Record<string, INodeType>> = {
  xcart: new XCart(),
  threedcart: new ThreeDCart(),
  clarity: new Clarity(),
  dataverse: new Dynamics365(),
};

const READ = ['Get', 'Get Many'];
const WRITTEN = ['Create', 'Update'];
const KEYED = ['Create', 'Update', 'Create or Update'];

interface Place {
  resource: string;
  operations: readonly string[];
  /** The trigger of the store puts it out, too. */
  isFollowed?: boolean;
}

const followed = (resource: string): Place => ({ resource, operations: READ, isFollowed: true });
const pieces = (operation: string): Place => ({ resource: 'Order', operations: [operation] });
const written = (resource: string, operations = WRITTEN): Place => ({ resource, operations });

/** Where documents come from. */
const FROM: Readonly<Record<string, Place>> = {
  'xcart.order': followed('Order'),
  'xcart.product': followed('Product'),
  'xcart.profile': followed('Customer'),
  'xcart.payment': pieces('Get Payments'),
  'xcart.refund': pieces('Get Refunds'),
  'threedcart.order': followed('Order'),
  'threedcart.product': followed('Product'),
  'threedcart.customer': followed('Customer'),
  'threedcart.payment': pieces('Get Payments'),
  'threedcart.shipment': pieces('Get Shipments'),
  'clarity.order': followed('Order'),
  'clarity.product': followed('Product'),
  'clarity.customer': followed('Customer'),
  'clarity.payment': { resource: 'Payment', operations: READ },
  'clarity.shipment': { resource: 'Shipment', operations: READ },
  'dataverse.salesorderRow': followed('Sales Order'),
  'dataverse.invoiceRow': followed('Invoice'),
};

const told = (shop: string, ...statuses: string[]): Array<[string, Place]> => [
  [`${shop}.updateStatus`, { resource: 'Order', operations: statuses }],
  [`${shop}.addShipment`, pieces('Add Shipment')],
  [`${shop}.recordRefund`, pieces('Record Refund')],
];

/** What takes documents. */
const TO: Readonly<Record<string, Place>> = {
  'dataverse.salesorder': written('Sales Order', KEYED),
  'dataverse.product': written('Product', KEYED),
  'dataverse.contact': written('Contact', KEYED),
  'dataverse.quote': written('Quote', KEYED),
  'dataverse.invoice': written('Invoice', KEYED),
  'xcart.product': written('Product'),
  'xcart.profile': written('Customer'),
  'xcart.address': written('Address'),
  ...Object.fromEntries(told('xcart', 'Update Payment Status', 'Update Shipping Status')),
  'threedcart.order': written('Order'),
  'threedcart.product': written('Product'),
  'threedcart.customer': written('Customer'),
  'threedcart.recordPayment': pieces('Record Payment'),
  ...Object.fromEntries(told('threedcart', 'Update Status')),
  'clarity.order': written('Order', KEYED),
  'clarity.product': written('Product', KEYED),
  'clarity.customer': written('Customer', KEYED),
  'clarity.payment': written('Payment', KEYED),
  'clarity.shipment': written('Shipment', KEYED),
  ...Object.fromEntries(told('clarity', 'Update Status')),
};

const isCommon = (document: string): boolean => document.startsWith('commerce.');

const displayed = (document: string): string => findDocument(document)?.displayName ?? document;

/** `X-Cart Trigger; X-Cart → Order: Get, Get Many`, of operations that the node really has. */
function placeText(document: string, { resource, operations, isFollowed }: Place): string {
  const { description } = NODES[document.split('.')[0] ?? ''] ?? {};
  if (!description) throw new Error(`No node is known for ${document}`);
  const titles = abilitiesOf(description)
    .flat()
    .map(({ title }) => title);
  for (const operation of operations) expect(titles).toContain(`${resource}: ${operation}`);
  const trigger = isFollowed ? `_${description.displayName} Trigger_; ` : '';
  return `${trigger}_${description.displayName}_ → ${resource}: ${operations.join(', ')}`;
}

test('the guide says what each document can be made into, and where it comes from', () => {
  const froms = [...new Set(PRESETS.map(({ from }) => from))];
  expect(froms.filter((from) => !isCommon(from)).sort()).toEqual(Object.keys(FROM).sort());
  const rows = froms.map((from) => {
    const targets = PRESETS.filter((preset) => preset.from === from).map(({ to }) => displayed(to));
    const place = FROM[from];
    const comes = place ? placeText(from, place) : '_Commerce Map_, from any row above';
    return [displayed(from), comes, targets.join(', ')];
  });
  expectTable(PAGE, 'presets', tableOf(['_From_', 'which comes from', '_To_'], rows));
});

test('the guide says which operation takes what is made', () => {
  const made = [...new Set(PRESETS.map(({ to }) => to))].filter((to) => !isCommon(to));
  expect([...made].sort()).toEqual(Object.keys(TO).sort());
  const rows = made.map((to) => [displayed(to), placeText(to, TO[to] as Place)]);
  expectTable(PAGE, 'presets-taken', tableOf(['_To_', 'which is taken by'], rows));
});
