import type { CustomerGroup } from '../../../core/stores/threedcart/wire';
import { text } from '../../shared/entry';
import type { Resource } from '../../shared/operation';
import type { RecordKind } from '../../shared/records/kind';
import {
  createRecord,
  getManyRecords,
  getRecord,
  updateRecord,
} from '../../shared/records/operations';
import { type Store, threeDCart } from '../connection';
import { customerGroupLocator } from '../locators';
import { listedCustomers } from './customer';

/** 3dcart's API has no way to delete a group. */
const kind: RecordKind<Store, CustomerGroup, void, 'create' | 'get' | 'pages' | 'update'> = {
  one: 'customer group',
  many: 'customer groups',
  locator: customerGroupLocator,
  // What a group holds is nowhere documented: all of it is shown, and all but its name is entered as JSON.
  optional: [text('Name', 'Name')],
  simple: (group) => group,
  open: ({ client }) => client.customerGroups,
};

export const customerGroup: Resource = {
  name: 'Customer Group',
  value: 'customerGroup',
  operations: [
    createRecord(threeDCart, kind),
    getRecord(threeDCart, kind),
    {
      ...getManyRecords(threeDCart, {
        ...listedCustomers,
        parent: customerGroupLocator,
        descriptions: { pages: 'Get the customers that are in a group' },
        open: ({ client }, groupId) => ({
          pages: (_, page) => client.customerGroups.customers(groupId, page),
        }),
      }),
      name: 'Get Members',
      value: 'getMembers',
      action: 'Get members of a customer group',
    },
    getManyRecords(threeDCart, kind),
    updateRecord(threeDCart, kind),
  ],
};
