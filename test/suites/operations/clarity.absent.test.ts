/**
 * What a deployment does not have, its profile says, and the node says it on: which key of the profile lacks, and what to do.
 * Nothing is written then.
 */
import type { IDataObject } from 'n8n-workflow';

import { ClarityApi } from '../../../credentials/ClarityApi.credentials';
import { Clarity } from '../../../nodes/Clarity/Clarity.node';
import { RESOURCE_OF } from '../../../core/stores/clarity/profile/kinds';
import { RESOURCES } from '../../../core/stores/clarity/profile/schema';
import { rowsOf } from './clarity.rows';
import { SHELVES } from './clarity.shop';
import { describeOperations, type Refusal } from './describeOperations';
import { type OperationRow, titleOf } from './row';
import { type ShopRig, startShop } from './shop';

const nodeWith =
  (profile?: object) =>
  ({ sandbox }: ShopRig) => ({
    nodeType: new Clarity(),
    credentialTypes: [new ClarityApi()],
    credentials: {
      clarityApi: {
        ...(sandbox.credentials.clarityApi?.data as IDataObject),
        ...(profile && { profile: 'own', profileText: JSON.stringify(profile) }),
      },
    },
  });

/** Operations that take more than one request, by the key that each lacks first. */
type Keys = Readonly<Record<string, string>>;

const refusalOf = (keys: Keys, row: OperationRow): Refusal => {
  const { resource, operation } = row;
  const of = operation === 'getAll' ? 'list' : operation === 'delete' ? 'remove' : operation;
  const key = keys[titleOf(row)] ?? `${RESOURCE_OF[resource]}.${of}`;
  return {
    says: new RegExp(
      `^The API profile "brief, edited" has no resources\\.${key.replace('.', '\\.')}\\b`,
    ),
    fix: /API Profile (in|of) the credential Clarity eCommerce API if the service has it\.$/,
  };
};

const COMMON = {
  start: async () => await startShop('clarity', SHELVES),
  maker: nodeWith(),
  rows: rowsOf({ shows: true }),
  many: [],
  // What can be done puts out what it does elsewhere, where the previews are held to it.
  hasPreviews: false as const,
};

/** Without list, neither a price nor a stock level is found by its SKU; a refund is measured by its order. */
const NOTHING: Keys = {
  'order: updateStatus': 'orders.update',
  'order: addShipment': 'shipments.create',
  'order: recordRefund': 'orders.get',
  'product: updatePrices': 'products.list',
  'order: getPayments': 'orders.get',
  'stock: get': 'inventory.get',
  'stock: getAll': 'inventory.list',
  'stock: update': 'inventory.list',
};

describeOperations({
  ...COMMON,
  name: 'Clarity where the profile has no kind of record',
  node: nodeWith({
    extends: 'brief',
    resources: Object.fromEntries(RESOURCES.map((name) => [name, null])),
    stock: null,
  }),
  // An order has payments of its own, which are taken where there are none beside it.
  refuses: (row) => (titleOf(row) === 'order: addPayments' ? undefined : refusalOf(NOTHING, row)),
});

const READ_ONLY: Keys = {
  'order: updateStatus': 'orders.update',
  'order: addShipment': 'shipments.create',
  'order: recordRefund': 'payments.create',
  'product: updatePrices': 'products.update',
  'stock: update': 'inventory.update',
};

describeOperations({
  ...COMMON,
  name: 'Clarity where the profile can only read',
  node: nodeWith({
    extends: 'brief',
    resources: Object.fromEntries(
      RESOURCES.map((name) => [name, { create: null, update: null, remove: null, upsert: null }]),
    ),
    stock: null,
  }),
  refuses: (row) => row.kept && refusalOf(READ_ONLY, row),
});
