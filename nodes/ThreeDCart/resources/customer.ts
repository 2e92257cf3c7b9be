import type { INodeProperties } from 'n8n-workflow';

import type { CustomerQuery } from '../../../core/stores/threedcart/client';
import { CUSTOMERS } from '../../../core/stores/threedcart/feed';
import type { Customer } from '../../../core/stores/threedcart/wire';
import { flag, moment, number, text, texts } from '../../shared/entry';
import type { Resource } from '../../shared/operation';
import type { RecordKind } from '../../shared/records/kind';
import { type ListChoice, listFields } from '../../shared/records/list';
import { recordOperations } from '../../shared/records/operations';
import { type Store, threeDCart } from '../connection';
import { customerLocator } from '../locators';

const ADDRESS = [
  'Address1',
  'Address2',
  'City',
  'Company',
  'Country',
  'FirstName',
  'LastName',
  'PhoneNumber',
  'State',
  'ZipCode',
];

const optional: INodeProperties[] = [
  ...texts(...ADDRESS.map((field) => `Billing${field}`), 'BillingTaxID'),
  ...texts(...ADDRESS.map((field) => `Shipping${field}`)),
  ...texts('AdditionalField1', 'AdditionalField2', 'AdditionalField3', 'Comments'),
  number('Customer Group ID', 'CustomerGroupID'),
  flag('Enabled', 'Enabled', 'the customer can log in', { default: true }),
  flag('Mail List', 'MailList', 'the customer gets newsletters'),
  flag('Non Taxable', 'NonTaxable', 'no tax is added'),
  text('Password', 'Password', { typeOptions: { password: true } }),
];

interface Filters {
  changedSince?: Date;
  email?: string;
  firstName?: string;
  lastName?: string;
}

const filters: INodeProperties[] = [
  moment('Changed Since', 'changedSince', {
    description: '3dcart knows whole days: customers changed on this day or later, by its clock',
  }),
  text('Email', 'email', { placeholder: 'name@email.com' }),
  text('First Name', 'firstName'),
  text('Last Name', 'lastName'),
];

/** Customers as every list shows them. */
export const listedCustomers = {
  one: 'customer',
  many: 'customers',
  locator: customerLocator,
  simple: [
    'CustomerID',
    'Email',
    'BillingFirstName',
    'BillingLastName',
    'BillingCompany',
    'CustomerGroupID',
    'Enabled',
  ],
  source: CUSTOMERS,
} satisfies Partial<RecordKind<Store, Customer>>;

const kind: RecordKind<Store, Customer, CustomerQuery> = {
  ...listedCustomers,
  required: [text('Email', 'Email', { required: true, placeholder: 'name@email.com' })],
  optional,
  list: listFields({
    filters,
    query: ({ filters: given }: ListChoice<Filters, never>): CustomerQuery => given,
  }),
  open: ({ client }) => client.customers,
};

export const customer: Resource = {
  name: 'Customer',
  value: 'customer',
  operations: recordOperations(threeDCart, kind),
};
