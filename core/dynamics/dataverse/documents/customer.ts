import { z } from 'zod';

import { ADDRESS, addressColumns, guid, text } from './columns';

export const accountSchema = z.object({
  accountid: guid,
  name: z.string().max(160),
  accountnumber: text(20),
  emailaddress1: text(100),
  telephone1: text(50),
  description: text(2000),
  ...addressColumns('address1', ADDRESS),
});

export const contactSchema = z.object({
  contactid: guid,
  firstname: text(50),
  lastname: z.string().max(50),
  emailaddress1: text(100),
  telephone1: text(50),
  description: text(2000),
  'parentcustomerid_account@odata.bind': text(100).describe(
    '/accounts(<id>), the company of the contact',
  ),
  ...addressColumns('address1', ADDRESS),
});

const address = {
  address1_line1: '1 Main St',
  address1_city: 'Austin',
  address1_stateorprovince: 'Texas',
  address1_postalcode: '78701',
  address1_country: 'US',
};

export const SAMPLE_ACCOUNT = {
  accountid: '5d1c6f0e-2b6c-5a51-8f6a-0c6a1e3f7b01',
  name: 'Byron Engines',
  emailaddress1: 'ada@example.com',
  telephone1: '+15125550100',
  ...address,
};

export const SAMPLE_CONTACT = {
  contactid: '5d1c6f0e-2b6c-5a51-8f6a-0c6a1e3f7b02',
  firstname: 'Ada',
  lastname: 'Byron',
  emailaddress1: 'ada@example.com',
  telephone1: '+15125550100',
  'parentcustomerid_account@odata.bind': `/accounts(${SAMPLE_ACCOUNT.accountid})`,
  ...address,
};
