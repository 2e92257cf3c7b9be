import type { Workflow } from '../../../scripts/n8n/api';

/**
 * The same work as a capable user builds it from n8n's own nodes: read all orders page by page, load the products
 * once, then for each order look whether it is there, write the customer, write the order with its lines. Batching
 * is set as n8n proposes it (50 items per second), which also stays below Dataverse's 52 concurrent requests.
 */

/** Built by hand in a Code node: bodies of both requests, with a key made from the customer's number. */
const BUILD = `
const products = Object.fromEntries($('Get products').first().json.value.map((p) => [p.productnumber, p]));
const guid = (kind, id) => '00000000-0000-4000-' + kind + '-' + String(id).padStart(12, '0');
return $('Get orders').all().map(({ json: o }, index) => {
  const sum = (type) => o.surcharges.filter((s) => s.type === type && !s.include).reduce((t, s) => t + s.value, 0);
  const contactid = guid('8001', o.customer_id ?? o.order_profile_id);
  const b = o.billing_address ?? {};
  const s = o.shipping_address ?? {};
  return { json: {
    name: 'X-Cart ' + o.order_number,
    contactid,
    contact: { firstname: b.firstname, lastname: b.lastname, emailaddress1: o.email, telephone1: b.phone,
      address1_line1: b.street, address1_city: b.city, address1_postalcode: b.zipcode, address1_country: b.country_code },
    order: {
      name: 'X-Cart ' + o.order_number,
      'customerid_contact@odata.bind': '/contacts(' + contactid + ')',
      'transactioncurrencyid@odata.bind': "/transactioncurrencies(isocurrencycode='" + o.currency + "')",
      freightamount: sum('shipping') + sum('handling'),
      discountamount: -sum('discount'),
      billto_name: b.firstname + ' ' + b.lastname, billto_line1: b.street, billto_city: b.city,
      billto_postalcode: b.zipcode, billto_country: b.country_code,
      shipto_name: s.firstname + ' ' + s.lastname, shipto_line1: s.street, shipto_city: s.city,
      shipto_postalcode: s.zipcode, shipto_country: s.country_code,
      order_details: o.items.map((item, at) => ({
        'productid@odata.bind': '/products(' + products[item.sku].productid + ')',
        'uomid@odata.bind': '/uoms(' + products[item.sku]._defaultuomid_value + ')',
        quantity: item.amount, ispriceoverridden: true, priceperunit: item.item_net_price,
        tax: at === 0 ? sum('tax') : 0,
      })),
    },
  }, pairedItem: { item: index } };
});`;

const BATCHING = { batching: { batch: { batchSize: 50, batchInterval: 1000 } } };

interface PeerSettings {
  dataverseUrl: string;
  xcartUrl: string;
  webhookPath: string;
  dataverseCredential: { id: string; name: string };
  xcartCredential: { id: string; name: string };
}

const authentication = { xcart: 'httpHeaderAuth', dataverse: 'oAuth2Api' } as const;

export function peerWorkflow(settings: PeerSettings): Workflow {
  const { dataverseUrl, xcartUrl, webhookPath } = settings;
  const api = `${dataverseUrl}/api/data/v9.2`;
  const http = (
    name: string,
    at: number,
    parameters: object,
    credential: 'xcart' | 'dataverse',
    more: object = {},
  ) => ({
    id: String(at),
    name,
    type: 'n8n-nodes-base.httpRequest',
    typeVersion: 4.2,
    position: [at * 200, 0],
    credentials: { [authentication[credential]]: settings[`${credential}Credential`] },
    parameters: {
      authentication: 'genericCredentialType',
      genericAuthType: authentication[credential],
      ...parameters,
    },
    ...more,
  });
  const nodes = [
    {
      id: '0',
      name: 'Start',
      type: 'n8n-nodes-base.webhook',
      typeVersion: 2,
      position: [0, 0],
      webhookId: webhookPath,
      parameters: {
        path: webhookPath,
        httpMethod: 'POST',
        responseMode: 'onReceived',
        options: {},
      },
    },
    http(
      'Get orders',
      1,
      {
        url: `${xcartUrl}/api/orders`,
        sendQuery: true,
        queryParameters: { parameters: [{ name: 'itemsPerPage', value: '100' }] },
        options: {
          pagination: {
            pagination: {
              paginationMode: 'updateAParameterInEachRequest',
              parameters: {
                parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' }],
              },
              paginationCompleteWhen: 'other',
              completeExpression: '={{ $response.body.length < 100 }}',
            },
          },
        },
      },
      'xcart',
    ),
    http(
      'Get products',
      2,
      { url: `${api}/products?$select=productid,productnumber,_defaultuomid_value`, options: {} },
      'dataverse',
      { executeOnce: true },
    ),
    {
      id: '3',
      name: 'Build',
      type: 'n8n-nodes-base.code',
      typeVersion: 2,
      position: [600, 0],
      parameters: { jsCode: BUILD },
    },
    http(
      'Find order',
      4,
      {
        url: `=${api}/salesorders?$select=salesorderid&$filter=name eq '{{ $json.name }}'`,
        options: BATCHING,
      },
      'dataverse',
    ),
    {
      id: '5',
      name: 'Is new',
      type: 'n8n-nodes-base.filter',
      typeVersion: 2.2,
      position: [1000, 0],
      parameters: {
        conditions: {
          options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
          combinator: 'and',
          conditions: [
            {
              id: '1',
              leftValue: '={{ $json.value.length }}',
              rightValue: 0,
              operator: { type: 'number', operation: 'equals' },
            },
          ],
        },
        options: {},
      },
    },
    http(
      'Write contact',
      6,
      {
        method: 'PATCH',
        url: `=${api}/contacts({{ $('Build').item.json.contactid }})`,
        sendBody: true,
        specifyBody: 'json',
        jsonBody: "={{ JSON.stringify($('Build').item.json.contact) }}",
        options: BATCHING,
      },
      'dataverse',
    ),
    http(
      'Write order',
      7,
      {
        method: 'POST',
        url: `${api}/salesorders`,
        sendBody: true,
        specifyBody: 'json',
        jsonBody: "={{ JSON.stringify($('Build').item.json.order) }}",
        options: BATCHING,
      },
      'dataverse',
    ),
  ];
  const names = nodes.map(({ name }) => name);
  const connections = Object.fromEntries(
    names
      .slice(0, -1)
      .map((name, index) => [
        name,
        { main: [[{ node: names[index + 1], type: 'main', index: 0 }]] },
      ]),
  );
  return { name: 'Bench: built by hand', nodes, connections, settings: { executionOrder: 'v1' } };
}
