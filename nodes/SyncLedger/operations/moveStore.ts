import { sortBy } from 'lodash';
import type { ILoadOptionsFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { StoreAt, StoreName } from '../../../core/ledger/stores';
import { storeAddress } from '../../../core/stores/kit/address';
import type { Operation } from '../../shared/operation';
import { parameterReader } from '../../shared/parameters';
import { once } from '../../shared/steps';
import { ledgerOf } from '../connection';

/** How the parameter names a store. No platform has a colon in its name. */
const valueOf = ({ platform, store }: StoreName): string => `${platform}:${store}`;

const store: INodeProperties = {
  displayName: 'Store Name or ID',
  name: 'store',
  type: 'options',
  typeOptions: { loadOptionsMethod: 'getStores' },
  default: '',
  required: true,
  description:
    'The store that has moved, of those that the ledger knows. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const newAddress: INodeProperties = {
  displayName: 'New Address',
  name: 'newAddress',
  type: 'string',
  default: '',
  required: true,
  placeholder: 'e.g. https://shop.example',
  description: 'Where the same shop is now, as its credential says it',
};

/** For the editor: the stores that the ledger knows, with their addresses. */
export async function getStores(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  const stores = await (await ledgerOf(this)).stores.list();
  return sortBy(stores, valueOf).map((one) => ({
    name: one.store,
    value: valueOf(one),
    description: `${one.platform}, at ${one.address}`,
  }));
}

function addressIn(text: string): string {
  const address = storeAddress(text);
  if (address !== '' && address !== text.trim()) return address;
  throw validationError(
    'New Address is no web address',
    'Write it with its protocol, as in the credential of the store, such as https://shop.example.',
  );
}

function chosen(stores: StoreAt[], value: string): StoreAt {
  const found = stores.find((one) => valueOf(one) === value.trim());
  if (found) return found;
  const names = sortBy(stores.map(valueOf)).join(', ');
  throw validationError(
    `The ledger knows no store "${value}"`,
    names === ''
      ? 'It has not seen any store yet, so that nothing has to be moved. Check that Ledger is the same here as in the Claim node.'
      : `Choose one that it knows: ${names}.`,
  );
}

export const moveStore: Operation = {
  name: 'Move Store',
  value: 'moveStore',
  action: 'Move a store to another address',
  description:
    'Say that one and the same shop has another address from now on. For a second shop enter a Store Name of its own in its credential instead.',
  properties: [store, newAddress],
  start(context) {
    const read = parameterReader(context);
    return once(async () => {
      const address = addressIn(read.forAll<string>(newAddress));
      const { stores } = await ledgerOf(context);
      const former = chosen(await stores.list(), read.forAll<string>(store));
      await stores.move({ ...former, address });
      return [
        { ...former, address, formerAddress: former.address, changed: address !== former.address },
      ];
    });
  },
};
