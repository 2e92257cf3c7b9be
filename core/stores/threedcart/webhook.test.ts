import fc from 'fast-check';

import { ServiceError } from '../../errors';
import { createHooks, repairHooks } from '../../webhooks/hooks';
import { isAuthentic, readHints } from '../../webhooks/webhook';
import type { ThreeDCart } from './client';
import { SAMPLE_CUSTOMER, SAMPLE_ORDER, SAMPLE_PRODUCT } from './samples';
import { DELIVERIES, eventTypeOf, hookRegistry, hookUrl, PROOFS, STATUS_CHANGED } from './webhook';

const hints = (body: string | object, query: Record<string, unknown> = {}) => {
  const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return readHints({ rawBody, headers: {}, query }, DELIVERIES);
};

describe('what 3dcart sends', () => {
  it.each([
    ['an order', SAMPLE_ORDER, 'order.changed', '23765'],
    ['a list of one', [SAMPLE_ORDER], 'order.changed', '23765'],
    ['a product', SAMPLE_PRODUCT, 'product.changed', '12'],
    ['a customer', [SAMPLE_CUSTOMER], 'customer.changed', '15'],
    ['an id that is text', { OrderID: '7' }, 'order.changed', '7'],
    ['XML', '<Order><OrderID>7</OrderID></Order>', 'order.changed', '7'],
    [
      'XML with a namespace and a mark before it',
      '\uFEFF<?xml version="1.0"?><a:Order xmlns:a="urn:x"><a:OrderID>7</a:OrderID><a:CustomerID>0</a:CustomerID></a:Order>',
      'order.changed',
      '7',
    ],
    [
      'a list as XML',
      '<ArrayOfOrder><Order><OrderID>7</OrderID><CustomerID>1</CustomerID></Order></ArrayOfOrder>',
      'order.changed',
      '7',
    ],
    [
      'a product as XML',
      '<Product><SKUInfo><CatalogID>12</CatalogID><SKU>&lt;A&gt;</SKU></SKUInfo></Product>',
      'product.changed',
      '12',
    ],
  ])('%s is a hint to a record', (_what, body, event, id) => {
    expect(hints(body)).toEqual([{ event, id }]);
  });

  it('may be several records at once, each told once', () => {
    expect(hints([{ OrderID: 1 }, { OrderID: 2 }, { OrderID: 1 }]).map(({ id }) => id)).toEqual([
      '1',
      '2',
    ]);
    const xml =
      '<Orders><Order><OrderID>1</OrderID></Order><Order><OrderID>2</OrderID></Order></Orders>';
    expect(hints(xml).map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('is what the address says that happened, as long as it is of such a record', () => {
    expect(hints([{ OrderID: 1 }], { event: 'order.created' })).toMatchObject([
      { event: 'order.created' },
    ]);
    expect(hints([{ CustomerID: 1 }], { event: 'order.created' })).toMatchObject([
      { event: 'customer.changed' },
    ]);
    expect(hints([{ OrderID: 1 }], { event: ['order.created'] })).toMatchObject([
      { event: 'order.changed' },
    ]);
  });

  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['a list of nothing readable', '[null]'],
    ['an order without a real id', '[{"OrderID":"x","CustomerID":5}]'],
    ['an id that no store counts', '{"OrderID":1e21}'],
    ['the guest', '{"CustomerID":0}'],
    ['half an element', '<Order><OrderID>7</OrderID>'],
    ['two roots', '<A><OrderID>7</OrderID></A><B/>'],
    ['an entity', '<!DOCTYPE a [<!ENTITY b "7">]><Order><OrderID>&b;</OrderID></Order>'],
    ['a prototype', '<__proto__><OrderID>7</OrderID></__proto__>'],
  ])('%s is refused, with what is expected', (_what, body) => {
    try {
      hints(body);
    } catch (error) {
      expect(error).toMatchObject({ class: 'validation', fix: expect.stringContaining('OrderID') });
      return;
    }
    throw new Error('It was taken');
  });

  it('never fails in another way, whatever comes', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '</',
        '/>',
        '<Order>',
        '</Order>',
        '<OrderID>',
        '7',
        '&amp;',
        '<![CDATA[',
        ']]>',
        '<!--',
        '<!DOCTYPE',
        '<?xml',
        '"',
        '{"OrderID":',
        '[',
        '}',
        '__proto__',
        'constructor',
        '=',
      ),
      fc.string({ maxLength: 12, unit: 'binary' }),
    );
    const body = fc.oneof(
      fc.array(piece, { maxLength: 30 }).map((pieces) => Buffer.from(pieces.join(''))),
      fc.array(piece, { maxLength: 30 }).map((pieces) => Buffer.from(`<${pieces.join('')}`)),
      fc.json().map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(body, (rawBody) => {
        try {
          readHints({ rawBody, headers: {} }, DELIVERIES);
        } catch (error) {
          if (!(error instanceof ServiceError) || error.class !== 'validation') throw error;
        }
      }),
      { numRuns: 10_000 },
    );
    const deep = `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`;
    expect(() => hints(deep)).toThrow(ServiceError);
    expect(() => hints(`<Order>${'<a/>'.repeat(1_500_000)}</Order>`)).toThrow(ServiceError);
  });
});

describe('who sends', () => {
  const proven = (query: Record<string, unknown>) =>
    isAuthentic({ rawBody: Buffer.from(''), headers: {}, query }, 'a secret', PROOFS);

  it('is known by the secret in the address alone', () => {
    const url = hookUrl({
      url: 'https://n8n.example/hook/1',
      event: 'order.created',
      secret: 'a secret',
    });
    const query = Object.fromEntries(new URL(url).searchParams);
    expect(proven(query)).toBe(true);
    // The address of one event opens no other.
    expect(proven({ ...query, event: 'order.changed' })).toBe(false);
    expect(proven({ key: query['key'] })).toBe(false);
    expect(url).not.toContain('secret');
    expect(proven({ key: 'another' })).toBe(false);
    expect(proven({ key: ['a secret'] })).toBe(false);
    expect(proven({})).toBe(false);
  });
});

const NAMES = [
  'Order New',
  'Order Status Changed',
  'Order Updated',
  'New Product',
  'ProductModified',
  'Customer_Created',
  'Order Deleted',
];
const EVENTS = NAMES.map((EventName, index) => ({ EventType: index + 40, EventName }));

describe('events', () => {
  it.each([
    ['order.created', 'Order New'],
    ['order.changed', 'Order Updated'],
    ['product.created', 'New Product'],
    ['product.changed', 'ProductModified'],
    ['customer.created', 'Customer_Created'],
  ])('%s is looked up by what it is called', (event, name) => {
    expect(eventTypeOf(EVENTS, event)).toBe(NAMES.indexOf(name) + 40);
  });

  it.each([
    ['customer.created', 'Customer Registered'],
    ['customer.created', 'Customer Registration'],
    ['order.created', 'Order Received'],
    ['order.created', 'Order Submitted'],
  ])('%s may be called %s', (event, EventName) => {
    expect(eventTypeOf([...EVENTS.slice(1, 3), { EventType: 7, EventName }], event)).toBe(7);
  });

  it('takes a change of the status where 3dcart tells of no other', () => {
    const events = EVENTS.filter(({ EventName }) => EventName !== 'Order Updated');
    expect(eventTypeOf(events, 'order.changed')).toBe(41);
  });

  it('says what there is where none is called so', () => {
    expect(() => eventTypeOf(EVENTS, 'customer.changed')).toThrow(
      /customer\.changed; it has "Order New", /,
    );
    expect(() => eventTypeOf([], 'order.created')).toThrow(/none at all/);
  });
});

describe('webhooks of a store', () => {
  const wanted = (event: string) => ({
    event,
    url: `https://n8n.example/hook?key=s&event=${event}`,
    secret: 's',
  });
  const both = [wanted('order.created'), wanted('order.changed')];

  function store(there: object[] = [], events = EVENTS) {
    const hooks = there as Array<Record<string, unknown>>;
    const calls: unknown[] = [];
    const webhooks = {
      events: async () => events,
      list: async () => hooks,
      create: async (hook: object) => {
        const made = { Id: 100 + hooks.length, ...hook };
        hooks.push(made);
        calls.push(['create', hook]);
        return made;
      },
      update: async (id: string, hook: object) => {
        calls.push(['update', id, hook]);
        return hook;
      },
      remove: async (id: string) => void calls.push(['remove', id]),
    };
    const client = { webhooks } as unknown as ThreeDCart;
    const told = ['order.created', 'order.changed', STATUS_CHANGED];
    return { registry: hookRegistry(client, told), calls };
  }

  it('are made under the number of their event, and then stand as they are wanted', async () => {
    const { registry, calls } = store();
    const made = await createHooks(registry, both, {});
    expect(made).toEqual({ 'order.created': '100', 'order.changed': '101' });
    expect(calls[0]).toEqual([
      'create',
      {
        Name: 'n8n order.created',
        Url: both[0]?.url,
        EventType: 40,
        Enabled: true,
        Format: 'JSON',
      },
    ]);
    expect(await repairHooks(registry, both, made)).toEqual(made);
    expect(calls).toHaveLength(2);
  });

  it('are repaired without a word of their event, which cannot be changed', async () => {
    const { registry, calls } = store([
      { Id: 5, Url: both[0]?.url, EventType: 40, Enabled: false },
      { Id: 6, Url: both[1]?.url, EventType: 43, Enabled: true },
      { Id: 7, Url: 'https://else.example/hook2', EventType: 40, Enabled: true },
    ]);
    expect(await repairHooks(registry, both, { 'order.created': '5' })).toEqual({
      'order.created': '5',
    });
    expect(calls).toEqual([
      [
        'update',
        '5',
        { Name: 'n8n order.created', Url: both[0]?.url, Enabled: true, Format: 'JSON' },
      ],
      ['remove', '6'],
    ]);
  });

  it('are there for a new status as well, where an event of its own stands beside updates', async () => {
    const { registry } = store();
    expect(await registry.alsoToldBy?.('order.changed')).toEqual([STATUS_CHANGED]);
    expect(await registry.alsoToldBy?.('order.created')).toEqual([]);
    const all = [...both, wanted(STATUS_CHANGED)];
    const made = await createHooks(registry, all, {});
    expect(await registry.list()).toMatchObject(
      all.map(({ event, url }) => ({ id: made[event], event, url })),
    );
    expect(await repairHooks(registry, all, made)).toEqual(made);
  });

  it('are one where a new status is all that there is for changes, or none at all', async () => {
    const without = (...names: string[]) =>
      EVENTS.filter((each) => !names.includes(each.EventName));
    const alone = store([], without('Order Updated')).registry;
    expect(await alone.alsoToldBy?.('order.changed')).toEqual([]);
    const made = await createHooks(alone, both, {});
    expect(await repairHooks(alone, both, made)).toEqual(made);
    const none = store([], without('Order Status Changed')).registry;
    expect(await none.alsoToldBy?.('order.changed')).toEqual([]);
  });

  it('are only there for what the store has an event for', async () => {
    const { registry } = store();
    expect(await registry.offers?.('order.created')).toBe(true);
    expect(await registry.offers?.('customer.changed')).toBe(false);
  });
});
