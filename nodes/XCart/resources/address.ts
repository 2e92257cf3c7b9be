import type { INodeProperties } from 'n8n-workflow';

import type { Address } from '../../../core/stores/xcart/wire';
import type { Resource } from '../../shared/operation';
import { addressLocator, customerLocator } from '../locators';
import type { RecordKind } from '../../shared/records/kind';
import { recordOperations } from '../../shared/records/operations';
import { type Store, xCart } from '../connection';

const text = (displayName: string, name: string, placeholder?: string): INodeProperties => ({
  displayName,
  name,
  type: 'string',
  default: '',
  ...(placeholder ? { placeholder } : {}),
});

const optional: INodeProperties[] = [
  {
    displayName: 'Billing',
    name: 'is_billing',
    type: 'boolean',
    default: false,
    description: 'Whether bills go to this address',
  },
  text('City', 'city'),
  text('Country Code', 'country_code', 'e.g. US'),
  text('Phone', 'phone'),
  {
    displayName: 'Shipping',
    name: 'is_shipping',
    type: 'boolean',
    default: false,
    description: 'Whether goods go to this address',
  },
  text('State Name', 'state_name', 'e.g. Texas'),
  text('Street', 'street'),
  text('Title', 'title'),
  {
    displayName: 'Type',
    name: 'type',
    type: 'options',
    options: [
      { name: 'Commercial', value: 'C' },
      { name: 'Residential', value: 'R' },
    ],
    default: 'R',
  },
  text('Zip Code', 'zipcode'),
];

const kind: RecordKind<Store, Address> = {
  one: 'address',
  many: 'addresses',
  parent: customerLocator,
  locator: addressLocator,
  required: [
    { ...text('First Name', 'firstname'), required: true },
    { ...text('Last Name', 'lastname'), required: true },
  ],
  optional,
  simple: [
    'id',
    'firstname',
    'lastname',
    'street',
    'zipcode',
    'city',
    'state_name',
    'country_code',
    'is_billing',
    'is_shipping',
  ],
  open: ({ client }, customerId) => client.addresses(customerId),
};

export const address: Resource = {
  name: 'Address',
  value: 'address',
  operations: recordOperations(xCart, kind),
};
