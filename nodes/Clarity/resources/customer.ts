import type { INodeProperties } from 'n8n-workflow';

import type { RecordQuery } from '../../../core/stores/clarity/client';
import { ofProfile, CUSTOMERS } from '../../../core/stores/clarity/feed';
import type { Customer } from '../../../core/stores/clarity/wire';
import { text } from '../../shared/entry';
import type { Resource } from '../../shared/operation';
import type { RecordKind } from '../../shared/records/kind';
import { recordOperations } from '../../shared/records/operations';
import { clarity, type Store } from '../connection';
import { customerLocator } from '../locators';
import { list, upsert } from './common';

const optional: INodeProperties[] = [
  text('Company', 'company'),
  text('Customer Group', 'customerGroup'),
  text('External ID', 'externalId'),
  text('First Name', 'firstName'),
  text('Last Name', 'lastName'),
  text('Phone', 'phone'),
];

const kind: RecordKind<Store, Customer, RecordQuery> = {
  one: 'customer',
  many: 'customers',
  locator: customerLocator,
  required: [text('Email', 'email', { required: true, placeholder: 'name@email.com' })],
  optional,
  list,
  simple: ['customerId', 'email', 'firstName', 'lastName', 'name', 'company', 'modifiedDate'],
  source: ({ client }) => ofProfile(CUSTOMERS, client.profile),
  open: ({ client }) => client.customers,
};

export const customer: Resource = {
  name: 'Customer',
  value: 'customer',
  operations: [...recordOperations(clarity, kind), upsert('customer', 'customers')],
};
