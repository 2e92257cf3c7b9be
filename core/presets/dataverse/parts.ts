import type { Condition, FieldRule, TransformCall } from '../../mapping/spec';

/** Cut to what the column holds (Dataverse docs: table reference). */
export function column(to: string, from: string, length: number): FieldRule {
  return { to, from, transforms: [{ type: 'truncate', length }] };
}

/** The key of a row made from a record of the shop, which the document names in `source`. */
export function identity(kind: string): TransformCall {
  return {
    type: 'identity',
    kind,
    platform: { from: '$.source.platform' },
    store: { from: '$.source.store' },
  };
}

/** Part of an address that the document has: where the part is missing, what an older address left is cleared. */
export function addressPart(address: string, rule: FieldRule): FieldRule {
  return { ...rule, empty: 'null', when: { path: address, is: 'exists' } };
}

/** Lines, city, state, postal code and country under a prefix such as `billto_` or `address1_`. */
export function addressColumns(prefix: string, from: string): FieldRule[] {
  const part = (name: string, key: string, length: number): FieldRule =>
    addressPart(from, column(`${prefix}${name}`, `${from}.${key}`, length));
  return [
    part('line1', 'line1', 250),
    part('line2', 'line2', 250),
    part('line3', 'line3', 250),
    part('city', 'city', 80),
    part('stateorprovince', 'state', 50),
    part('postalcode', 'postalCode', 20),
    part('country', 'country', 80),
  ];
}

/** Where the parts of a customer stand in the document. */
export interface CustomerPaths {
  customer: string;
  address: string;
}

/** A customer of the shop that gives a company is an account with a contact; any other is a contact. */
export const hasCompany = (path: string): Condition => ({ path, is: 'exists' });

/** Customers are known by their id, guests by their e-mail address. */
export function contactIdRules(to: string, customer: string, when?: Condition): FieldRule[] {
  const and = (condition: Condition): Condition => (when ? { and: [when, condition] } : condition);
  return [
    {
      to,
      from: `${customer}.id`,
      transforms: [identity('customer')],
      when: and({ path: `${customer}.id`, is: 'exists' }),
    },
    {
      to,
      from: `${customer}.email`,
      transforms: [identity('guest')],
      required: true,
      when: and({ path: `${customer}.id`, is: 'missing' }),
    },
  ];
}

/**
 * One account per customer of the shop, not per company name: two companies of the same name must never become
 * one, and a company that is renamed must stay the same.
 */
export function accountId(to: string, customer: string, more: TransformCall[] = []): FieldRule {
  return {
    to,
    from: `${customer}.id ?? ${customer}.email`,
    transforms: [identity('account'), ...more],
    required: true,
  };
}

export function accountGroup({ customer, address }: CustomerPaths): FieldRule {
  return {
    to: 'account',
    when: hasCompany(`${customer}.company`),
    fields: [
      accountId('accountid', customer),
      { ...column('name', `${customer}.company`, 160), required: true },
      column('emailaddress1', `${customer}.email`, 100),
      column('telephone1', `${customer}.phone`, 50),
      ...addressColumns('address1_', address),
    ],
  };
}

export function contactGroup({ customer, address }: CustomerPaths): FieldRule {
  return {
    to: 'contact',
    required: true,
    fields: [
      ...contactIdRules('contactid', customer),
      column('firstname', `${customer}.firstName`, 50),
      {
        ...column(
          'lastname',
          `${customer}.lastName ?? ${customer}.firstName ?? ${customer}.email`,
          50,
        ),
        note: 'Dynamics wants a last name of every contact; the e-mail address stands in',
        required: true,
      },
      column('emailaddress1', `${customer}.email`, 100),
      column('telephone1', `${customer}.phone`, 50),
      ...addressColumns('address1_', address),
      {
        ...accountId('["parentcustomerid_account@odata.bind"]', customer, [
          { type: 'prefix', text: '/accounts(', after: ')' },
        ]),
        when: hasCompany(`${customer}.company`),
      },
    ],
  };
}
