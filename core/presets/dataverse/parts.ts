import type { Condition, FieldRule, TransformCall } from '../../mapping/spec';

/** Cut to what the column holds (Dataverse docs: table reference). */
export function column(to: string, from: string, length: number): FieldRule {
  return { to, from, transforms: [{ type: 'truncate', length }] };
}

/** An e-mail address: a part of it would be another one. */
export function email(to: string, from: string, length: number): FieldRule {
  return { to, from, transforms: [{ type: 'whole', length }] };
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
  const line = (number: number): FieldRule =>
    addressPart(from, {
      to: `${prefix}line${number}`,
      template: `{${from}.line1}\n{${from}.line2}\n{${from}.line3}`,
      transforms: [{ type: 'line', number, of: 3, length: 250 }],
    });
  return [
    line(1),
    line(2),
    line(3),
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
  /** Id of the order that the customer stands in: what a customer is known by of whom nothing else is known. */
  order?: string;
  /** What stands in for a name where there is none. */
  nameless: string;
}

/** A customer of the shop that gives a company is an account with a contact; any other is a contact. */
export const hasCompany = (path: string): Condition => ({ path, is: 'exists' });

/** One way to know a customer: by the value of a path, in a document where others are missing. */
interface Way {
  from: string;
  kind: string;
  when: Condition[];
}

function keyRules(to: string, ways: Way[], when: Condition | undefined, more: TransformCall[]) {
  return ways.map(({ from, kind, when: own }): FieldRule => {
    const all = [...(when ? [when] : []), ...own];
    const condition: Condition | undefined = all.length > 1 ? { and: all } : all[0];
    const rule = { to, from, transforms: [identity(kind), ...more], required: true };
    return condition ? { ...rule, when: condition } : rule;
  });
}

const exists = (path: string): Condition => ({ path, is: 'exists' });
const missing = (path: string): Condition => ({ path, is: 'missing' });

/** Customers are known by their id, guests by their e-mail address, whoever has neither by the order. */
export function contactIdRules(
  to: string,
  { customer, order }: CustomerPaths,
  when?: Condition,
): FieldRule[] {
  const id = `${customer}.id`;
  const email = `${customer}.email`;
  const guest = order === undefined ? [missing(id)] : [missing(id), exists(email)];
  const ways: Way[] = [
    { from: id, kind: 'customer', when: [exists(id)] },
    { from: email, kind: 'guest', when: guest },
  ];
  if (order !== undefined) {
    ways.push({ from: order, kind: 'order-customer', when: [missing(id), missing(email)] });
  }
  return keyRules(to, ways, when, []);
}

/**
 * One account per customer of the shop, not per company name: two companies of the same name must never become
 * one, and a company that is renamed must stay the same.
 */
export function accountIdRules(
  to: string,
  { customer, order }: CustomerPaths,
  { when, more = [] }: { when?: Condition; more?: TransformCall[] } = {},
): FieldRule[] {
  const id = `${customer}.id`;
  const email = `${customer}.email`;
  const from = `${id} ?? ${email}`;
  if (order === undefined) return keyRules(to, [{ from, kind: 'account', when: [] }], when, more);
  const ways: Way[] = [
    { from, kind: 'account', when: [{ or: [exists(id), exists(email)] }] },
    { from: order, kind: 'order-account', when: [missing(id), missing(email)] },
  ];
  return keyRules(to, ways, when, more);
}

export function accountGroup(paths: CustomerPaths): FieldRule {
  const { customer, address } = paths;
  return {
    to: 'account',
    when: hasCompany(`${customer}.company`),
    fields: [
      ...accountIdRules('accountid', paths),
      { ...column('name', `${customer}.company`, 160), required: true },
      email('emailaddress1', `${customer}.email`, 100),
      column('telephone1', `${customer}.phone`, 50),
      ...addressColumns('address1_', address),
    ],
  };
}

export function contactGroup(paths: CustomerPaths): FieldRule {
  const { customer, address, nameless } = paths;
  return {
    to: 'contact',
    required: true,
    fields: [
      ...contactIdRules('contactid', paths),
      column('firstname', `${customer}.firstName`, 50),
      {
        ...column(
          'lastname',
          `${customer}.lastName ?? ${customer}.firstName ?? ${customer}.email ?? ${nameless}`,
          50,
        ),
        note: 'Dynamics wants a last name of every contact; the e-mail address stands in, or the name of the order',
        required: true,
      },
      email('emailaddress1', `${customer}.email`, 100),
      column('telephone1', `${customer}.phone`, 50),
      ...addressColumns('address1_', address),
      ...accountIdRules('["parentcustomerid_account@odata.bind"]', paths, {
        when: hasCompany(`${customer}.company`),
        more: [{ type: 'prefix', text: '/accounts(', after: ')' }],
      }),
    ],
  };
}
