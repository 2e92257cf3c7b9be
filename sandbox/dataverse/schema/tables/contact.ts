import { address } from '../address';
import { choice, date, flag, lookupAny, memo, money, table, text } from '../columns';

export const contact = table({
  name: 'contact',
  schemaName: 'Contact',
  label: 'Contact',
  entitySet: 'contacts',
  objectTypeCode: 2,
  primaryName: 'fullname',
  columns: [
    text('fullname', 160, { schemaName: 'FullName', label: 'Full Name', writable: 'never' }),
    text('firstname', 50, { schemaName: 'FirstName', label: 'First Name' }),
    text('middlename', 50, { schemaName: 'MiddleName', label: 'Middle Name' }),
    text('lastname', 50, { schemaName: 'LastName', label: 'Last Name', required: 'application' }),
    text('salutation', 100, { schemaName: 'Salutation', label: 'Salutation' }),
    text('jobtitle', 100, { schemaName: 'JobTitle', label: 'Job Title' }),
    text('emailaddress1', 100, { schemaName: 'EMailAddress1', label: 'Email', indexed: true }),
    text('emailaddress2', 100, { schemaName: 'EMailAddress2', label: 'Email Address 2' }),
    text('telephone1', 50, { schemaName: 'Telephone1', label: 'Business Phone' }),
    text('telephone2', 50, { schemaName: 'Telephone2', label: 'Home Phone' }),
    text('mobilephone', 50, { schemaName: 'MobilePhone', label: 'Mobile Phone' }),
    text('fax', 50, { schemaName: 'Fax', label: 'Fax' }),
    text('websiteurl', 200, { schemaName: 'WebSiteUrl', label: 'Website' }),
    text('externaluseridentifier', 50, { label: 'External User Identifier' }),
    memo('description', 2000, { schemaName: 'Description', label: 'Description' }),
    date('birthdate', { schemaName: 'BirthDate', label: 'Birthday' }),
    choice('gendercode', { 1: 'Male', 2: 'Female' }),
    choice('preferredcontactmethodcode', { 1: 'Any', 2: 'Email', 3: 'Phone', 4: 'Fax', 5: 'Mail' }),
    money('creditlimit', { schemaName: 'CreditLimit', label: 'Credit Limit', min: 0 }),
    flag('donotemail', false, { schemaName: 'DoNotEMail', label: 'Do not allow Emails' }),
    ...address('address1', 'Address 1'),
    ...address('address2', 'Address 2'),
    lookupAny(
      'parentcustomerid',
      [
        { table: 'account', collection: 'contact_customer_accounts' },
        { table: 'contact', collection: 'contact_customer_contacts' },
      ],
      { schemaName: 'ParentCustomerId', label: 'Company Name' },
    ),
  ],
});
