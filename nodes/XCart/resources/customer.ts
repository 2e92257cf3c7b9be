import type { INodeProperties } from 'n8n-workflow';

import type { Profile } from '../../../core/stores/xcart/wire';
import type { Resource } from '../../shared/operation';
import { customerIdOf, customerLocator } from '../fields/locators';
import { recordOperations } from './records';
import type { RecordKind } from './records/kind';

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

const filters: INodeProperties = {
  displayName: 'Filters',
  name: 'filters',
  type: 'collection',
  placeholder: 'Add Filter',
  default: {},
  options: [
    { displayName: 'Added After', name: 'addedAfter', type: 'dateTime', default: '' },
    {
      displayName: 'Email Contains',
      name: 'emailContains',
      type: 'string',
      default: '',
      placeholder: 'e.g. @example.com',
    },
  ],
};

const kind: RecordKind<Profile> = {
  one: 'customer',
  many: 'customers',
  parents: [],
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
  filters: [filters],
  simple: ['id', 'login', 'status', 'access_level', 'language', 'create_date', 'last_login_date'],
  open: async (client) => client.profiles,
  id: customerIdOf,
  query: (read, index) => {
    const { emailContains, addedAfter } = read<{ emailContains?: string; addedAfter?: string }>(
      'filters',
      index,
      {},
    );
    return { email: emailContains, addedAfter: addedAfter ? new Date(addedAfter) : undefined };
  },
};

export const customer: Resource = {
  name: 'Customer',
  value: 'customer',
  operations: recordOperations(kind),
};
