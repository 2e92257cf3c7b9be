/** The Clarity of the sandbox for operations to work in. */
import { ID_FIELDS, type Resource } from '../../../sandbox/clarity/model';
import type { RunningSandbox } from '../../../sandbox/start';
import { DEPLOYMENTS } from '../../../sandbox/clarity/deployments';
import type { Rehearsable } from './describeOperations';
import type { Shelves } from './shop';

/** Resources of the shop by what the node calls them. */
const KINDS: Readonly<Record<string, Resource>> = {
  order: 'orders',
  product: 'products',
  customer: 'customers',
  inventory: 'inventory',
  payment: 'payments',
  shipment: 'shipments',
  return: 'returns',
  coupon: 'coupons',
  address: 'addresses',
  invoice: 'invoices',
};

type Shelf = ReadonlyMap<string, unknown>;

const shelfOf = ({ services: { clarity } }: RunningSandbox, resource: Resource): Shelf =>
  new Map(
    clarity.store.all(resource).map((record) => [String(record[ID_FIELDS[resource]]), record]),
  );

export const SHELVES: Shelves = {
  // Whoever looks at one shelf, for each of many items, does not fill all ten of them.
  all: (sandbox) => {
    const shelves: Record<string, Shelf> = {};
    for (const [kind, resource] of Object.entries(KINDS)) {
      const get = (): Shelf => shelfOf(sandbox, resource);
      Object.defineProperty(shelves, kind, { enumerable: true, get });
    }
    return shelves;
  },
};

/** What a deployment has, in its own names. */
export const rehearsedAt = (name: string): Rehearsable => {
  const deployment = DEPLOYMENTS.find((each) => each.name === name);
  if (!deployment) throw new Error(`The sandbox has no deployment ${name}`);
  return {
    tables: ({ sandbox }) => {
      const { store } = sandbox.services.clarity;
      const told = (resource: Resource): Map<string, object> =>
        new Map(
          store
            .all(resource)
            .map((record) => [
              String(record[ID_FIELDS[resource]]),
              deployment.show(resource, record, store.switches),
            ]),
        );
      return Object.fromEntries(Object.values(KINDS).map((resource) => [resource, told(resource)]));
    },
    // Dates, and what follows from shipments and payments.
    byItself:
      /(modified|updated|changed)\w*$|^orders\.(payment|stat|shipping|fulfil|total)|^inventory\./i,
    signIn: /auth|token/i,
  };
};
