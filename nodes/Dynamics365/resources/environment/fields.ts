import type { INodeProperties } from 'n8n-workflow';

import {
  PAYMENT_COLUMN_NAMES,
  PAYMENT_COLUMNS,
  PAYMENT_TABLE,
} from '../../../../core/dynamics/dataverse/prepare/payments';
import { ROLE_NAME } from '../../../../core/dynamics/dataverse/prepare/requirements';

export const parts: INodeProperties = {
  displayName: 'Parts',
  name: 'parts',
  type: 'multiOptions',
  default: ['columns', 'tracking', 'keys', 'changeTracking', 'paymentTable'],
  required: true,
  description: 'What the environment is to have',
  options: [
    {
      name: 'Alternate Keys',
      value: 'keys',
      description:
        'Over account number, product number and the external reference of accounts and contacts, so that rows are found by them and none is there twice',
    },
    {
      name: 'Change Tracking',
      value: 'changeTracking',
      description:
        'Of sales orders, invoices, accounts, contacts and products; it cannot be switched off again',
    },
    {
      name: 'External Reference Columns',
      value: 'columns',
      description:
        'On accounts, contacts, sales orders, invoices and quotes: which record of which shop a row comes from',
    },
    {
      name: 'Payment Table',
      value: 'paymentTable',
      description: 'A custom table for payments and refunds, with its columns',
    },
    {
      name: 'Security Role',
      value: 'role',
      description:
        'What the application user has to be allowed; a System Administrator can give it',
    },
    {
      name: 'Tracking Columns',
      value: 'tracking',
      description:
        'On sales orders: carrier, tracking numbers and when it was sent, for the way back to the shops',
    },
  ],
};

const paymentColumns: INodeProperties = {
  displayName: 'Payment Columns',
  name: 'paymentColumns',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true },
  placeholder: 'Add Column',
  default: {},
  description: 'Other names for the columns of the payment table',
  options: [
    {
      displayName: 'Column',
      name: 'columns',
      values: [
        {
          displayName: 'Meaning',
          name: 'column',
          type: 'options',
          default: 'amount',
          description: 'What the column holds',
          options: PAYMENT_COLUMN_NAMES.map((value) => ({
            name: PAYMENT_COLUMNS[value].label,
            value,
            description: PAYMENT_COLUMNS[value].description,
          })).sort((one, other) => one.name.localeCompare(other.name)),
        },
        {
          displayName: 'Name',
          name: 'name',
          type: 'string',
          default: '',
          placeholder: 'e.g. Total',
          description: 'Schema name of the column; the prefix is put before it unless it has one',
        },
      ],
    },
  ],
};

const shared: INodeProperties[] = [
  {
    displayName: 'Application (Client) ID',
    name: 'applicationId',
    type: 'string',
    default: '',
    placeholder: 'e.g. 00000000-0000-0000-0000-000000000001',
    description:
      'Of the app whose rights are compared and completed. Leave empty for the app of the credential.',
  },
  paymentColumns,
  {
    displayName: 'Payment Table',
    name: 'paymentTable',
    type: 'string',
    default: PAYMENT_TABLE,
    description:
      'Schema name of the table; the prefix is put before it unless it has one. Where the prefix is not new, choose the table in Table of Payment Transaction.',
  },
  {
    displayName: 'Prefix',
    name: 'prefix',
    type: 'string',
    default: '',
    placeholder: 'e.g. cts',
    description:
      "Prefix of the publisher, for everything that is made. Leave empty for that of the solution's publisher, or new without a solution.",
  },
  {
    displayName: 'Role Name',
    name: 'roleName',
    type: 'string',
    default: ROLE_NAME,
    description: 'Name of the security role',
  },
  {
    displayName: 'Solution Name',
    name: 'solutionName',
    type: 'string',
    default: '',
    placeholder: 'e.g. CommerceSync',
    description:
      'Unique name of the solution that everything becomes part of; it must be there. Leave empty for none.',
  },
  {
    displayName: 'Timeout',
    name: 'timeout',
    type: 'number',
    typeOptions: { minValue: 1000 },
    default: 300000,
    description: 'Milliseconds to wait for the answer to one request; making a table takes a while',
  },
];

const keyWait: INodeProperties = {
  displayName: 'Wait for Keys',
  name: 'keyWait',
  type: 'number',
  typeOptions: { minValue: 0 },
  default: 60,
  description:
    'Seconds to wait until Dynamics 365 has built the indexes of new keys; what takes longer is put out as building',
};

const optionsOf = (options: INodeProperties[]): INodeProperties => ({
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options,
});

export const checkFields: INodeProperties[] = [parts, optionsOf(shared)];

export const prepareFields: INodeProperties[] = [
  {
    displayName:
      'Run Check first: it shows what this would change. Change tracking cannot be switched off again, and two rows with the same values are refused once a key is there.',
    name: 'prepareNotice',
    type: 'notice',
    default: '',
  },
  parts,
  optionsOf([...shared, keyWait]),
];
