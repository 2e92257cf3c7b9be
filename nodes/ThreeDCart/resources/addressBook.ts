import type { Resource } from '../../shared/operation';
import { recordOperation } from '../../shared/records/operation';
import { threeDCart } from '../connection';
import { customerLocator } from '../locators';

export const addressBook: Resource = {
  name: 'Address',
  value: 'addressBook',
  operations: [
    recordOperation(threeDCart, {
      name: 'Get Many',
      value: 'getAll',
      action: 'Get address book of a customer',
      description:
        'Get the addresses that a customer has kept, one item each. The API has them in version 2 alone.',
      on: [customerLocator],
      onlyReads: true,
      work: async ({ client }, [id]) => await client.customers.addressBooks(id),
    }),
  ],
};
