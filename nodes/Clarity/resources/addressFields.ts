/** The parts of an address, by the names that every API profile gives them. */
import type { INodeProperties } from 'n8n-workflow';

import { text } from '../../shared/entry';

export const ADDRESS_FIELDS: INodeProperties[] = [
  text('City', 'city'),
  text('Company', 'company'),
  text('Country', 'country', { placeholder: 'e.g. US' }),
  text('Email', 'email', { placeholder: 'name@email.com' }),
  text('First Name', 'firstName'),
  text('Last Name', 'lastName'),
  text('Line 1', 'line1', { placeholder: 'e.g. 1 Main St' }),
  text('Line 2', 'line2'),
  text('Line 3', 'line3'),
  text('Phone', 'phone'),
  text('Postal Code', 'postalCode'),
  text('State', 'state', { placeholder: 'e.g. TX' }),
];
