/**
 * The 21 fields of the mapping bench, said three times: as rows of Commerce Map, as expressions of Edit Fields, and
 * as JavaScript in a Code node. All three must put out the same.
 */
export interface BenchField {
  to: string;
  /** Rule of a mapping spec. */
  rule: Record<string, unknown>;
  /** The same as a row of Field Overrides, with fields dragged from the input. */
  row: Record<string, unknown>;
  /** n8n expression of Edit Fields. */
  expression: string;
  /** What a person writes by hand in a Code node; `o` is the order. */
  code: string;
  type?: 'string' | 'number';
}

const dragged = (from: string) => ({ source: 'path', path: `={{ $json.${from} }}` });

const path = (to: string, from: string): BenchField => ({
  to,
  rule: { from },
  row: dragged(from),
  expression: `={{ $json.${from} }}`,
  code: `o.${from}`,
});

const fullName = (to: string, address: string): BenchField => ({
  to,
  rule: { template: `{${address}.firstname} {${address}.lastname}` },
  row: {
    source: 'template',
    template: `={{ $json.${address}.firstname }} {{ $json.${address}.lastname }}`,
  },
  expression: `={{ $json.${address}.firstname + ' ' + $json.${address}.lastname }}`,
  code: `o.${address}.firstname + ' ' + o.${address}.lastname`,
});

const sumOf = (to: string, type: string): BenchField => ({
  to,
  rule: { from: `surcharges[type=${type}].value`, aggregate: 'sum' },
  row: {
    source: 'path',
    path: 'other',
    otherPath: `surcharges[type=${type}].value`,
    combine: 'sum',
  },
  expression: `={{ $json.surcharges.filter(s => s.type === '${type}').reduce((sum, s) => sum + s.value, 0) }}`,
  code: `o.surcharges.filter((s) => s.type === '${type}').reduce((sum, s) => sum + s.value, 0)`,
  type: 'number',
});

export const FIELDS: BenchField[] = [
  path('ordernumber', 'order_number'),
  {
    to: 'name',
    rule: { template: 'X-Cart {order_number}' },
    row: { source: 'template', template: '=X-Cart {{ $json.order_number }}' },
    expression: "={{ 'X-Cart ' + $json.order_number }}",
    code: "'X-Cart ' + o.order_number",
  },
  {
    to: 'emailaddress',
    rule: { from: 'email', transforms: ['lower'] },
    row: { ...dragged('email'), transform: 'lower' },
    expression: '={{ $json.email.toLowerCase() }}',
    code: 'o.email.toLowerCase()',
  },
  path('transactioncurrency', 'currency'),
  { ...path('totalamount', 'total'), type: 'number' },
  sumOf('freightamount', 'shipping'),
  {
    to: 'submitdate',
    rule: { from: 'create_date', transforms: ['date'] },
    row: { ...dragged('create_date'), transform: 'date' },
    expression: '={{ $json.create_date.slice(0, 10) }}',
    code: 'o.create_date.slice(0, 10)',
  },
  {
    to: 'statuscode',
    rule: { from: 'payment_status.code', lookup: { P: 3, Q: 2, A: 2 }, default: 1 },
    row: {
      ...dragged('payment_status.code'),
      transform: 'lookup',
      lookupTable: {
        rows: [
          { from: 'P', to: 3 },
          { from: 'Q', to: 2 },
          { from: 'A', to: 2 },
        ],
      },
      lookupOtherwise: 'value',
      lookupValue: 1,
    },
    expression: '={{ ({ P: 3, Q: 2, A: 2 })[$json.payment_status.code] ?? 1 }}',
    code: '({ P: 3, Q: 2, A: 2 })[o.payment_status.code] ?? 1',
    type: 'number',
  },
  fullName('billto_name', 'billing_address'),
  path('billto_line1', 'billing_address.street'),
  path('billto_city', 'billing_address.city'),
  path('billto_postalcode', 'billing_address.zipcode'),
  path('billto_stateorprovince', 'billing_address.state_name'),
  path('billto_country', 'billing_address.country_code'),
  path('billto_telephone', 'billing_address.phone'),
  fullName('shipto_name', 'shipping_address'),
  path('shipto_line1', 'shipping_address.street'),
  path('shipto_city', 'shipping_address.city'),
  path('shipto_postalcode', 'shipping_address.zipcode'),
  path('shipto_stateorprovince', 'shipping_address.state_name'),
  path('shipto_country', 'shipping_address.country_code'),
];
