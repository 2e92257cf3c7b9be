import type { IDataObject } from 'n8n-workflow';

import { ClarityApi } from '../../../credentials/ClarityApi.credentials';
import { Clarity } from '../../../nodes/Clarity/Clarity.node';
import { OWN_CLARITY } from '../../support/ownClarity';
import {
  asDocument,
  type Deployment as Speech,
  lines,
  manyOf,
  type Routes,
  rowsOf,
} from './clarity.rows';
import { rehearsedAt, SHELVES } from './clarity.shop';
import { describeOperations } from './describeOperations';
import { MANY } from './orders';
import { startShop } from './shop';

interface Deployment extends Speech {
  name: string;
  credential: IDataObject;
  routes: Routes;
}

const BRIEF = '/api/v1';
const CEF = '/DesktopModules/ClarityEcommerce/API-Storefront';
const OWN = '/shop/rest';

/** What the shop itself calls otherwise. */
const withCharges = ({ shippingTotal, ...fields }: IDataObject): object => ({
  ...asDocument(fields),
  shippingAmount: shippingTotal,
});

const DEPLOYMENTS: Deployment[] = [
  {
    name: 'brief',
    shows: true,
    credential: {},
    routes: {
      readOrder: `GET ${BRIEF}/orders/{id}`,
      changeOrder: { [`PATCH ${BRIEF}/orders/{id}`]: MANY },
      listProducts: `GET ${BRIEF}/products`,
      changeProduct: `PATCH ${BRIEF}/products/{id}`,
      listStock: `GET ${BRIEF}/inventory`,
      writeStock: `PATCH ${BRIEF}/inventory/bulk`,
      stockAtOnce: 100,
      makeShipment: {
        [`GET ${BRIEF}/shipments`]: 1,
        [`PUT ${BRIEF}/shipments/by-key/{key}`]: MANY,
      },
      makePayment: {
        [`GET ${BRIEF}/payments`]: 2,
        [`PUT ${BRIEF}/payments/by-key/{key}`]: MANY,
      },
      page: 100,
    },
  },
  {
    name: 'cef',
    shows: false,
    credential: { profile: 'cef', authentication: 'session' },
    kinds: [
      {
        resource: 'order',
        make: [
          { shippingTotal: 3, ...lines('TS-LONG', 1) },
          { shippingTotal: 4, ...lines('PAN-24', 2) },
        ],
        change: [{ status: 'processing' }, { customerGroup: 'Other' }],
        kept: withCharges,
      },
    ],
    routes: {
      readOrder: `GET ${CEF}/Ordering/SalesOrders/{id}`,
      changeOrder: {
        [`GET ${CEF}/Ordering/SalesOrders/{id}`]: MANY,
        [`PUT ${CEF}/Ordering/SalesOrders/{id}`]: MANY,
      },
      listProducts: `GET ${CEF}/Products/Products`,
      changeProduct: `PUT ${CEF}/Products/Products/{id}`,
      listStock: `GET ${CEF}/Inventory/InventoryLevels`,
      writeStock: `PUT ${CEF}/Inventory/InventoryLevels/{id}`,
      stockAtOnce: 1,
      makeShipment: {
        [`GET ${CEF}/Shipping/Shipments`]: 2,
        [`POST ${CEF}/Shipping/Shipments`]: MANY,
      },
      makePayment: {
        // Without a total a list ends with an empty page.
        [`GET ${CEF}/Payments/Payments`]: 4,
        [`POST ${CEF}/Payments/Payments`]: MANY,
      },
      page: 50,
    },
  },
  {
    name: 'own',
    shows: false,
    credential: OWN_CLARITY,
    kinds: [
      {
        resource: 'order',
        make: [
          { currency: 'EUR', shippingTotal: 3, ...lines('TS-LONG', 1) },
          { currency: 'USD', shippingTotal: 4, ...lines('PAN-24', 2) },
        ],
        change: [{ status: 'processing' }, { customerGroup: 'Other' }],
        kept: withCharges,
      },
    ],
    routes: {
      readOrder: `GET ${OWN}/salesorders/{id}`,
      changeOrder: { [`PUT ${OWN}/salesorders/{id}`]: MANY },
      listProducts: `GET ${OWN}/articles`,
      changeProduct: `PUT ${OWN}/articles/{id}`,
      listStock: `GET ${OWN}/stocklevels`,
      writeStock: `POST ${OWN}/stocklevels/batch`,
      stockAtOnce: 100,
      makeShipment: { [`GET ${OWN}/parcels`]: 1, [`PUT ${OWN}/parcels/key/{key}`]: MANY },
      makePayment: {
        [`GET ${OWN}/receipts`]: 5,
        [`PUT ${OWN}/receipts/key/{key}`]: MANY,
      },
      page: 25,
    },
  },
];

describe.each(DEPLOYMENTS)('profile $name', ({ name, credential, routes, ...speech }) => {
  describeOperations({
    name: `Clarity, ${name}`,
    start: async () => await startShop('clarity', SHELVES),
    node: ({ sandbox }) => ({
      nodeType: new Clarity(),
      credentialTypes: [new ClarityApi()],
      credentials: { clarityApi: { ...sandbox.credentials.clarityApi?.data, ...credential } },
    }),
    rows: rowsOf(speech),
    rehearsed: rehearsedAt(name),
    many: manyOf(routes),
    // The previews are made of what the profile puts out that is chosen at first.
    ...(name !== 'brief' && { hasPreviews: false }),
  });
});
