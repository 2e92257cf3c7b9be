import type { Condition, FieldRule, MappingSpec } from '../../mapping/spec';

/** Ids are those of the store that a document was made of: of any other store 3dcart makes a record of its own. */
const IS_OURS: Condition = { path: 'source.platform', is: 'equals', value: 'threedcart' };

function ownId(to: string): FieldRule {
  return { to, from: 'source.id', transforms: ['integer'], when: IS_OURS };
}

/** Cut to what 3dcart takes (documentation of PUT Orders). */
function column(to: string, from: string, length: number): FieldRule {
  return { to, from, transforms: [{ type: 'truncate', length }] };
}

export const TO_THREEDCART_CUSTOMER: MappingSpec = {
  from: 'commerce.customer',
  to: 'threedcart.customer',
  fields: [
    ownId('CustomerID'),
    { to: 'Email', from: 'email', required: true },
    column('BillingFirstName', 'firstName ?? address.firstName', 100),
    column('BillingLastName', 'lastName ?? address.lastName', 100),
    column('BillingCompany', 'company ?? address.company', 255),
    { to: 'BillingPhoneNumber', from: 'phone ?? address.phone' },
    column('BillingAddress1', 'address.line1', 200),
    column('BillingAddress2', 'address.line2', 200),
    column('BillingCity', 'address.city', 100),
    {
      to: 'BillingState',
      from: 'address.state',
      transforms: [{ type: 'state', country: { from: 'address.country' } }],
    },
    { to: 'BillingZipCode', from: 'address.postalCode' },
    { to: 'BillingCountry', from: 'address.country' },
    { to: 'Enabled', from: 'enabled' },
  ],
};

export const TO_THREEDCART_PRODUCT: MappingSpec = {
  from: 'commerce.product',
  to: 'threedcart.product',
  fields: [
    {
      to: 'SKUInfo',
      fields: [
        ownId('CatalogID'),
        { to: 'SKU', from: 'sku', required: true },
        { to: 'Name', from: 'name', required: true },
        { to: 'Price', from: 'price', required: true },
        { to: 'Stock', from: 'stock' },
      ],
    },
    { to: 'Description', from: 'description' },
    { to: 'Weight', from: 'weight' },
    { to: 'Hide', value: true, when: { path: 'enabled', is: 'equals', value: false } },
    { to: 'Hide', value: false, when: { path: 'enabled', is: 'equals', value: true } },
  ],
};
