import type { Template } from './builder';
import { compose } from './compose';
import { keepBelow } from './parts/keep';
import { map } from './parts/map';
import { receive } from './parts/receive';
import { remember } from './parts/remember';
import { write } from './parts/write';
import type { Destination, Source, Store, Target, Write } from './services/service';
import { orderToCash } from './templates/orderToCash';

/** What the shop takes back. */
const STATUS: Destination = {
  node: 'bazaar',
  documents: [
    {
      document: 'bazaar.status',
      settings: [{ name: 'settings.note', noun: 'a note', into: { target: 'note' } }],
    },
  ],
  writes: [{ noun: 'status', parameters: { resource: 'order', operation: 'updateStatus' } }],
  record: { system: 'bazaar', table: 'order', idField: 'orderId', outcomeField: 'written.outcome' },
  note: 'The status of the order.',
  setup: [],
};

/** A made-up shop without webhooks. */
const BAZAAR: Store = {
  name: 'Bazaar',
  key: 'bazaar',
  credential: { type: 'bazaarApi', name: 'Bazaar API' },
  orders: { trigger: 'bazaarTrigger', document: 'bazaar.order' },
  told: { orders: STATUS },
};

const ledgerline = (document: string): Source => ({
  trigger: 'ledgerlineTrigger',
  document: `ledgerline.${document}`,
});

/** A made-up ERP whose orders are two documents, with two settings. */
const LEDGERLINE: Target = {
  name: 'Ledgerline',
  key: 'ledgerline',
  credential: { type: 'ledgerlineApi', name: 'Ledgerline API' },
  salesOrders: {
    node: 'ledgerline',
    documents: [
      {
        document: 'ledgerline.order',
        settings: [
          { name: 'settings.company', noun: 'a company', into: { target: 'order.company' } },
          { name: 'settings.site', noun: 'a site', into: { target: 'order.site' } },
        ],
      },
    ],
    writes: [
      { noun: 'customer', parameters: { resource: 'customer', operation: 'create' } },
      { noun: 'order', parameters: { resource: 'order', operation: 'create' } },
    ],
    record: {
      system: 'ledgerline',
      table: 'order',
      idField: 'written.id',
      outcomeField: 'written.outcome',
    },
    note: 'Customer, then order.',
    setup: ['Currencies have to be there.'],
  },
  changed: { salesOrders: ledgerline('row'), invoices: ledgerline('invoice') },
};

/** The same with payments that the shop keeps apart, customers that are matched, and orders that can be called off. */
const WITH_PAYMENTS: Store = {
  ...BAZAAR,
  orders: {
    ...BAZAAR.orders,
    additions: [
      {
        noun: 'payments',
        purpose: 'reads what was paid.',
        node: 'bazaar',
        parameters: { operation: 'addPayments' },
      },
    ],
  },
};
const [CUSTOMER, ORDER] = LEDGERLINE.salesOrders.writes;
const WITH_CANCEL: Target = {
  ...LEDGERLINE,
  salesOrders: {
    ...LEDGERLINE.salesOrders,
    writes: [{ ...(CUSTOMER as Write), verb: 'Match' }, ORDER as Write],
    cancel: { noun: 'order', parameters: { resource: 'order', operation: 'cancel' } },
  },
};

/** The way back, of the same parts: what is shipped in the ERP is said in the shop. */
function statusBack(): Template {
  const source = {
    trigger: 'ledgerlineTrigger',
    byWebhook: { needs: 'Ledgerline has to reach this n8n' },
    document: 'ledgerline.shipment',
  };
  const idPrefix = '00000002';
  return compose({
    name: 'Ledgerline → Bazaar: status',
    idPrefix,
    overview: '## Ledgerline → Bazaar: status',
    parts: [
      receive({
        service: LEDGERLINE,
        source,
        triggerName: 'Shipped orders',
        noun: 'shipment',
      }),
      keepBelow(map({ source, service: BAZAAR, destination: STATUS, idPrefix })),
      remember(write(BAZAAR, STATUS), BAZAAR, STATUS),
    ],
  });
}

const forward = orderToCash({ store: BAZAAR, target: LEDGERLINE, idPrefix: '00000001' });

const routed = orderToCash({ store: WITH_PAYMENTS, target: WITH_CANCEL, idPrefix: '00000003' });

/** The same, of rows that may be of another shop, or of none; two documents are made of each. */
function orderBack(): Template {
  const source = { trigger: 'ledgerlineTrigger', document: 'ledgerline.row', orderId: 'order' };
  const idPrefix = '00000005';
  const [status] = STATUS.documents;
  const destination: Destination = {
    ...STATUS,
    documents: [
      { noun: 'shipment', document: 'bazaar.shipment', settings: [] },
      {
        ...status,
        noun: 'status',
        settings: status.settings.map((one) => ({ ...one, isInPlace: true })),
      },
    ],
  };
  return compose({
    name: 'Ledgerline → Bazaar: order',
    idPrefix,
    overview: '## Ledgerline → Bazaar: order',
    parts: [
      receive({
        service: LEDGERLINE,
        source,
        triggerName: 'Changed rows',
        noun: 'change',
        about: { store: BAZAAR, sentAs: LEDGERLINE.salesOrders.record },
      }),
      keepBelow(map({ source, service: BAZAAR, destination, idPrefix })),
      remember(write(BAZAAR, destination), BAZAAR, destination),
    ],
  });
}

const find = (template: Template, name: string) => {
  const node = template.nodes.find((one) => one.name === name);
  if (!node) throw new Error(`There is no node "${name}"`);
  return node;
};

/** "from > to" for the first output, "from ! to" for the second, mostly the error output, and then by number. */
const joints = ({ connections }: Template): string[] =>
  Object.entries(connections).flatMap(([from, { main }]) =>
    main.flatMap((ends, output) =>
      ends.map(({ node }) => `${from} ${['>', '!'][output] ?? output} ${node}`),
    ),
  );

/** What stands apart: no order runs through it. */
const ALERT = [
  'New failures > Write alert',
  'Write alert > Send alert',
  'Send alert > Show as failed',
];

describe('a template of parts', () => {
  it('joins triggers, line and keeper', () => {
    expect(joints(forward)).toEqual([
      'New or changed orders > Claim each order once',
      'Retries that are due > Claim each order once',
      'Claim each order once > Settings',
      'Settings > Map to Ledgerline',
      'Map to Ledgerline > Write customer',
      'Map to Ledgerline ! Keep what failed',
      'Write customer > Write order',
      'Write customer ! Keep what failed',
      'Write order > Mark as done',
      'Write order ! Keep what failed',
      'Mark as done ! Keep what failed',
      ...ALERT,
    ]);
    expect(joints(statusBack())).toEqual(
      expect.arrayContaining([
        'Shipped orders > Claim each shipment once',
        'Map to Bazaar > Write status',
        'Write status > Mark as done',
        'Mark as done ! Keep what failed',
      ]),
    );
  });

  it('decides by the state what is written, canceled or held', () => {
    expect(joints(routed).slice(2)).toEqual([
      'Claim each order once > Add payments',
      'Add payments > Settings',
      'Add payments ! Keep what failed',
      'Settings > Map to Ledgerline',
      'Map to Ledgerline > Route by state',
      'Map to Ledgerline ! Keep what failed',
      'Route by state > Match customer',
      'Route by state ! Match customer',
      'Route by state 2 Cancel order',
      'Route by state 3 Hold with its reason',
      'Route by state 4 Keep what failed',
      'Match customer > Write order',
      'Match customer ! Keep what failed',
      'Write order > Mark as done',
      'Write order ! Keep what failed',
      'Mark as done ! Keep what failed',
      'Cancel order > Mark as done',
      'Cancel order ! Keep what failed',
      ...ALERT,
    ]);
    expect(find(routed, 'Mark as done').parameters).toMatchObject({
      options: { outcomeField: 'written.outcome', remarkField: 'state.remark' },
    });
    expect(JSON.stringify(find(forward, 'Mark as done'))).not.toContain('remark');
  });

  it('finds the order before anything is claimed, and leads what comes again past that', () => {
    const template = orderBack();
    expect(joints(template)).toEqual([
      'Changed rows > Find Bazaar order',
      'Find Bazaar order > Claim each change once',
      'Find Bazaar order 2 Keep what failed',
      'Retries that are due > Claim each change once',
      'Claim each change once > Settings',
      'Settings > Map to shipment',
      'Map to shipment > Map to status',
      'Map to shipment ! Keep what failed',
      'Map to status > Write status',
      'Map to status ! Keep what failed',
      'Write status > Mark as done',
      'Write status ! Keep what failed',
      'Mark as done ! Keep what failed',
    ]);
    expect(find(template, 'Find Bazaar order').parameters).toMatchObject({
      ...{ targetSystem: 'ledgerline', targetTable: 'order', targetIdField: 'order' },
      platform: 'bazaar',
    });
    expect(find(template, 'Mark as done').parameters).toMatchObject({ targetIdField: 'orderId' });
    // What a person leaves empty takes nothing away, and the second document leaves the first in its place.
    expect(find(template, 'Map to status').parameters).toMatchObject({
      options: { includeInput: true },
      fieldOverrides: {
        rows: [{ target: 'note', otherPath: 'settings.note', comparison: 'exists' }],
      },
    });
    expect(find(template, 'Map to shipment').parameters).toMatchObject({
      to: 'bazaar.shipment',
      options: { includeInput: true },
    });
    expect(find(forward, 'Map to Ledgerline').parameters).toMatchObject({ options: {} });
  });

  it('has no node for settings where nothing is set', () => {
    const [status] = STATUS.documents;
    const destination: Destination = { ...STATUS, documents: [{ ...status, settings: [] }] };
    const source = { trigger: 'ledgerlineTrigger', document: 'ledgerline.row' };
    const names = map({ source, service: BAZAAR, destination, idPrefix: '00000006' }).steps;
    expect(names.map(({ name }) => name)).toEqual(['Map to Bazaar']);
  });

  it.each([forward, routed, statusBack(), orderBack()])(
    '$name: own ids and names, each node on a cell of the grid',
    (template) => {
      const { nodes } = template;
      expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
      expect(new Set(nodes.map(({ name }) => name)).size).toBe(nodes.length);
      const cells = nodes
        .filter(({ type }) => !type.endsWith('stickyNote'))
        // What is higher than a cell stands higher.
        .map(({ position: [left, top] }) => [left / 240, Math.ceil(top / 240) + 0]);
      expect(cells.flat().every(Number.isInteger)).toBe(true);
      expect(new Set(cells.map(String)).size).toBe(cells.length);
      for (const { position } of nodes)
        expect(position.every((pixels) => pixels % 16 === 0)).toBe(true);
    },
  );

  it('asks for the credential of each service in its own nodes', () => {
    const types = (template: Template) =>
      template.nodes
        .filter(({ credentials }) => credentials)
        .map(({ name, credentials }) => [name, ...Object.keys(credentials ?? {})]);
    expect(types(forward)).toEqual([
      ['New or changed orders', 'bazaarApi'],
      ['Write customer', 'ledgerlineApi'],
      ['Write order', 'ledgerlineApi'],
    ]);
    expect(types(statusBack())).toEqual([
      ['Shipped orders', 'ledgerlineApi'],
      ['Write status', 'bazaarApi'],
    ]);
  });

  it('has one setting, and one row of the mapping, for each that the target knows', () => {
    expect(find(forward, 'Settings').parameters).toMatchObject({
      assignments: {
        assignments: [
          { id: '00000001-0000-4000-9000-000000000001', name: 'settings.company' },
          { id: '00000001-0000-4000-9000-000000000002', name: 'settings.site' },
        ],
      },
    });
    expect(find(forward, 'Map to Ledgerline').parameters).toMatchObject({
      from: 'bazaar.order',
      to: 'ledgerline.order',
      fieldOverrides: {
        rows: [
          { target: 'order.company', source: 'path', path: 'other', otherPath: 'settings.company' },
          { target: 'order.site', source: 'path', path: 'other', otherPath: 'settings.site' },
        ],
      },
    });
  });

  it('names no flow and no address, so that each import has its own', () => {
    for (const template of [forward, statusBack(), orderBack(), routed])
      expect(JSON.stringify(template)).not.toMatch(/"(flows?|allFlows|webhookId)"/);
  });

  it('remembers where a document went', () => {
    expect(find(forward, 'Mark as done').parameters).toMatchObject({
      targetSystem: 'ledgerline',
      targetTable: 'order',
      targetIdField: 'written.id',
    });
  });

  it('speaks of its own two services alone, and of a webhook only where there is one', () => {
    const text = JSON.stringify(forward);
    expect(text).not.toMatch(/X-Cart|xCart|Dynamics 365|dataverse/);
    expect(text).not.toMatch(/webhook/i);
    const { content } = find(forward, 'Overview').parameters as { content: string };
    expect(content).toContain('becomes one order in Ledgerline, with its lines and customer.');
    expect(content).toContain('- Optional: enter a company and a site in **Settings**');
    expect(content).toContain('- Currencies have to be there.');
    expect(JSON.stringify(statusBack())).toContain('Webhook and poll');
  });

  it('says in its overview what each store does otherwise', () => {
    const { content: plain } = find(forward, 'Overview').parameters as { content: string };
    expect(plain).not.toMatch(/Add payments|Authentication|Poll Only/);
    const store: Store = {
      ...WITH_PAYMENTS,
      credential: { ...BAZAAR.credential, alternative: 'OAuth2 API' },
      orders: {
        ...WITH_PAYMENTS.orders,
        byWebhook: { needs: 'Bazaar has to reach this n8n' },
      },
      setup: ['*Currency* is that of the stall.'],
    };
    const template = orderToCash({ store, target: LEDGERLINE, idPrefix: '00000004' });
    const { content } = find(template, 'Overview').parameters as { content: string };
    expect(content).toContain(
      '\n3. **Add payments** reads what was paid.\n4. **Map to Ledgerline**',
    );
    for (const line of [
      '- Choose your *Bazaar API* (or its *OAuth2 API*, under *Authentication*) and *Ledgerline API* credentials in the nodes;',
      '- *Currency* is that of the stall.\n',
      '- For webhooks Bazaar has to reach this n8n; else choose *Poll Only* in **New or changed orders**.\n',
    ])
      expect(content).toContain(line);
  });
});
