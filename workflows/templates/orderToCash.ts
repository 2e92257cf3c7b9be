import { PACK, type Template } from '../builder';
import { compose, type Composition } from '../compose';
import { keepBelow } from '../parts/keep';
import { alert, SEND_ALERT, WRITE_ALERT } from '../parts/alert';
import { map, mapName, SETTINGS, settingsOf } from '../parts/map';
import { additionName, claimName, receive, RETRIES } from '../parts/receive';
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

const isRouted = ({ target }: OrderToCash): boolean => target.salesOrders.cancel !== undefined;

/** What an order goes through, one sentence a step. */
function stepsOf(options: OrderToCash): string[] {
  const { store, target } = options;
  const { additions = [], byWebhook } = store.orders;
  const written = target.salesOrders.writes.map(({ noun }) => noun);
  return [
    `**${NODES.orders}** receives by ${byWebhook ? 'webhook and polling' : 'polling'}; **${RETRIES}** brings back what failed.`,
    `**${NODES.claim}** asks the Sync Ledger: what was sent unchanged goes no further.`,
    ...additions.map((one) => `**${additionName(one)}** ${one.purpose}`),
    `**${mapName(target)}** turns the order into ${enumerated(written)}.`,
    ...(isRouted(options)
      ? [
          `**${ROUTE}** has a table of statuses: unpaid orders are held until paid, cancelled ones canceled, refunds noted.`,
        ]
      : []),
    `${isRouted(options) ? 'The rest is' : 'They are'} written, many in one request; **${DONE}** remembers where.`,
    'What fails is kept with its reason, and tried again where time helps.',
  ];
}

/** What a person does before the first order, one thing a line. */
function setupOf(options: OrderToCash): string[] {
  const { store, target } = options;
  const { setup } = target.salesOrders;
  const { byWebhook } = store.orders;
  const { name, alternative } = store.credential;
  const orElse = alternative ? ` (or its *${alternative}*, under *Authentication*)` : '';
  return [
    `Choose your *${name}*${orElse} and *${target.credential.name}* credentials in the nodes; *Sync Ledger* needs none.`,
    ...(store.setup ?? []),
    ...(byWebhook
      ? [`For webhooks ${byWebhook.needs}; else choose *Poll Only* in **${NODES.orders}**.`]
      : []),
    ...setup,
    ...(isRouted(options) ? [`Look through **${ROUTE}**, your own statuses included.`] : []),
    `Optional: enter ${enumerated(settingsOf(target.salesOrders).map(({ noun }) => noun))} in **${SETTINGS}**, change any field in **${mapName(target)}**, set an error workflow.`,
    `Replace **${SEND_ALERT}** by your e-mail, Slack or Teams node. Put the address of the repair page (template *Sync operations*) into **${WRITE_ALERT}**.`,
    `Publish. For older orders, set *Start From* in **${NODES.orders}**.`,
  ];
}

function overviewOf(options: OrderToCash): string {
  const { store, target } = options;
  const written = target.salesOrders.writes.map(({ noun }) => noun);
  const [document = '', ...before] = written.toReversed();
  return `## ${titleOf(options)}

Every order of your ${store.name} store becomes one ${document} in ${target.name}, with its ${enumerated(['lines', ...before])}. Delivered twice, changed later, or cut off half-way, it stays one order.

### How it works
${stepsOf(options)
  .map((step, index) => `${index + 1}. ${step}`)
  .join('\n')}

### Setup
${setupOf(options)
  .map((line) => `- ${line}`)
  .join('\n')}

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
