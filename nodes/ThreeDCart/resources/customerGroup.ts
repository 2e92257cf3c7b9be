import type { CustomerGroup } from '../../../core/stores/threedcart/wire';
import type { Resource } from '../../shared/operation';
import type { RecordKind } from '../../shared/records/kind';
import { getManyRecords, getRecord } from '../../shared/records/operations';
import { type Store, threeDCart } from '../connection';
import { customerGroupLocator } from '../locators';

const kind: RecordKind<Store, CustomerGroup, void, 'get' | 'pages'> = {
  one: 'customer group',
  many: 'customer groups',
  locator: customerGroupLocator,
  // What a group holds is nowhere documented: all of it is shown.
  simple: (group) => group,
  open: ({ client }) => client.customerGroups,
};

export const customerGroup: Resource = {
  name: 'Customer Group',
  value: 'customerGroup',
  operations: [getRecord(threeDCart, kind), getManyRecords(threeDCart, kind)],
};
