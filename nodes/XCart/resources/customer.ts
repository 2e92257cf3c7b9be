import type { INodeProperties } from 'n8n-workflow';

import type { ProfileQuery } from '../../../core/stores/xcart/client';
import {
  type Customer,
  CUSTOMERS,
  isCustomer,
  withAddresses,
} from '../../../core/stores/xcart/feed';
import type { Resource } from '../../shared/operation';
import { customerLocator } from '../locators';
import type { RecordKind } from '../../shared/records/kind';
import { type ListChoice, listFields } from '../../shared/records/list';
import { recordOperations } from '../../shared/records/operations';
import { type Store, xCart } from '../connection';

const optional: INodeProperties[] = [
  {
    displayName: 'Force Password Change',
    name: 'force_change_password',
    type: 'boolean',
    default: false,
    description: 'Whether the customer has to choose a new password at the next login',
  },
  {
    displayName: 'Language',
    name: 'language',
    type: 'string',
    default: '',
    placeholder: 'e.g. en',
  },
  { displayName: 'Membership ID', name: 'membership_id', type: 'number', default: 0 },
  {
    displayName: 'Password',
    name: 'password',
    type: 'string',
    typeOptions: { password: true },
    default: '',
    description: '8 to 128 characters',
  },
  {
    displayName: 'Status',
    name: 'status',
    type: 'options',
    options: [
      { name: 'Disabled', value: 'D' },
      { name: 'Enabled', value: 'E' },
    ],
    default: 'E',
  },
  { displayName: 'Status Comment', name: 'status_comment', type: 'string', default: '' },
];

interface Filters {
  addedAfter?: Date;
  emailContains?: string;
}

const filters: INodeProperties[] = [
  { displayName: 'Added After', name: 'addedAfter', type: 'dateTime', default: '' },
  {
    displayName: 'Email Contains',
    name: 'emailContains',
    type: 'string',
    default: '',
    placeholder: 'e.g. @example.com',
  },
];

const kind: RecordKind<Store, Customer, ProfileQuery> = {
  one: 'customer',
  many: 'customers',
  locator: customerLocator,
  required: [
    {
      displayName: 'Email',
      name: 'login',
      type: 'string',
      placeholder: 'name@email.com',
      default: '',
      required: true,
      description: 'The customer logs in with it. First and last name belong to an address.',
    },
  ],
  optional,
  list: listFields({
    filters,
    query: ({ filters: { emailContains, addedAfter } }: ListChoice<Filters, never>) => ({
      email: emailContains,
      addedAfter,
    }),
  }),
  simple: ['id', 'login', 'status', 'access_level', 'language', 'create_date', 'last_login_date'],
  source: CUSTOMERS,
  following: {
    isOne: isCustomer,
    another: {
      message: 'This profile is that of an administrator, not of a customer',
      fix: 'Choose a customer, or turn Add Source off to read the profile all the same.',
    },
    complete: async ({ client }, profile) => await withAddresses(client, profile),
    note: 'With it come the addresses, where X-Cart has the names: one request more for each customer, two with the classic API. Get Many then leaves out the administrators, who stand in the same list.',
  },
  open: ({ client }) => client.profiles,
};

export const customer: Resource = {
  name: 'Customer',
  value: 'customer',
  operations: recordOperations(xCart, kind),
};
