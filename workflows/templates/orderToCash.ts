import { PACK, type Template } from '../builder';
import { compose, type Composition } from '../compose';
import { keepBelow } from '../parts/keep';
import { alert, SEND_ALERT, WRITE_ALERT } from '../parts/alert';
import { map, mapName, SETTINGS } from '../parts/map';
import { claimName, receive, RETRIES } from '../parts/receive';
import { DONE, remember } from '../parts/remember';
import { aside, ROUTE, route } from '../parts/route';
import { write } from '../parts/write';
import type { Store, Target } from '../services/service';
import { enumerated } from '../words';

export interface OrderToCash extends Pick<Composition, 'idPrefix'> {
  store: Store;
  target: Target;
}

/** Names of the nodes that others have to find in the template. */
export const NODES = {
  orders: 'New or changed orders',
  claim: claimName('order'),
  route: ROUTE,
} as const;

const titleOf = ({ store, target }: OrderToCash): string =>
  `${store.name} → ${target.name}: order to cash`;

function overviewOf(options: OrderToCash): string {
  const { store, target } = options;
  const { writes, settings, setup } = target.salesOrders;
  const written = writes.map(({ noun }) => noun);
  const [document = '', ...before] = written.toReversed();
  const mapping = mapName(target);
  const isRouted = target.salesOrders.cancel !== undefined;
  const steps = [
    `**${NODES.orders}** receives orders by ${store.orders.byWebhook ? 'webhook and polling' : 'polling'}; **${RETRIES}** brings back what failed for the moment.`,
    `**${NODES.claim}** asks the Sync Ledger. What has been sent unchanged goes no further.`,
    `**${mapping}** turns the order into ${enumerated(written)}.`,
    ...(isRouted
      ? [
          `**${ROUTE}** has a table of your shop's statuses: unpaid and declined orders are held until they are paid, cancelled ones are canceled, refunds are noted.`,
        ]
      : []),
    `${isRouted ? 'The rest is' : 'They are'} written, many in one request.`,
    `**${DONE}** remembers where each order went. What failed is kept with its reason, and tried again where time helps.`,
  ];
  return `## ${titleOf(options)}

Every order of your ${store.name} store becomes one ${document} in ${target.name}, with its ${enumerated(['lines', ...before])}. Not lost, not doubled: delivered twice, changed later, or cut off half-way, it stays one order.

### How it works
${steps.map((step, index) => `${index + 1}. ${step}`).join('\n')}

### Setup
- Choose your *${store.credential.name}* and *${target.credential.name}* credentials in the nodes; *Sync Ledger* needs none.
${setup.map((line) => `- ${line}`).join('\n')}
${isRouted ? `- Look through **${ROUTE}**: what is done with each status, your own included.\n` : ''}- Optional: enter ${enumerated(settings.map(({ noun }) => noun))} in **${SETTINGS}**, change any field under *Field Overrides* of **${mapping}**, set an error workflow in the settings.
- Replace **${SEND_ALERT}** by your e-mail, Slack or Teams node. The template *Sync operations* has a page that sends again what failed: its address goes into **${WRITE_ALERT}**.
- Publish. To bring in older orders, set *Start From* in **${NODES.orders}**.

Needs the community package ${PACK} (self-hosted n8n only).`;
}

/** Every order of a store becomes one sales order of the target, with its lines and its customer. */
export function orderToCash(options: OrderToCash): Template {
  const { store, target, idPrefix } = options;
  const between = { source: store.orders, service: target, destination: target.salesOrders };
  return compose({
    name: titleOf(options),
    idPrefix,
    overview: overviewOf(options),
    parts: [
      receive({
        service: store,
        source: store.orders,
        triggerName: NODES.orders,
        noun: 'order',
      }),
      keepBelow(map({ ...between, idPrefix, decides: route(between) })),
      [
        remember(write(target, target.salesOrders), target, target.salesOrders),
        ...aside(between),
        alert(),
      ],
    ],
  });
}
