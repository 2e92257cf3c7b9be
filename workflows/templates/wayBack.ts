import { PACK, type Template } from '../builder';
import { compose, type Composition } from '../compose';
import { alert, SEND_ALERT, WRITE_ALERT } from '../parts/alert';
import { keepBelow } from '../parts/keep';
import { map, mapName, SETTINGS, settingsOf } from '../parts/map';
import { claimName, findName, receive, RETRIES } from '../parts/receive';
import { remember } from '../parts/remember';
import { write, writeName } from '../parts/write';
import type { Destination, Source, Store, Target } from '../services/service';
import { enumerated } from '../words';

/** What the rows of the other system tell a store of its orders. */
interface Subject {
  /** After the names of both services: "status and shipment". */
  title: string;
  /** What it is good for, in a sentence or two. */
  purpose: string;
  source: Source;
  destination: Destination;
  /** What changes, within a sentence: "sales order". */
  noun: string;
  /** How the mapping says it in the words of the store, after its name. */
  mapped: string;
  /** What a person has to know when setting up: one sentence a line. */
  setup: readonly string[];
}

interface Services {
  store: Store;
  target: Target;
}

export interface WayBack extends Services, Pick<Composition, 'idPrefix'> {}

const triggerName = ({ noun }: Subject): string => `Changed ${noun}s`;

const CHANGE = 'change';

function statusAndShipment({ store, target }: Services): Subject {
  const destination = store.told.orders;
  return {
    title: 'status and shipment',
    purpose: `What becomes of an order in ${target.name} is said in your ${store.name} store, each change once: in progress, on hold, shipped with tracking numbers, canceled, returned. What this changes in the store comes back as nothing.`,
    source: target.changed.salesOrders,
    destination,
    noun: 'sales order',
    mapped: 'say it in the words of the store. Invoiced with a date counts as shipped.',
    setup: [
      'Orders have to come by *order to cash*, with the same ledger.',
      ...destination.setup,
      `Tracking numbers stand in columns that *Environment: Prepare* makes; a column of your own you drag into **${SETTINGS}**.`,
      `Your own status reason, such as Returned: in **${mapName(store, { noun: 'status' })}** add *Common Order Status: Shipping Status*, fixed value *returned*, only if *statuscode* is its number.`,
    ],
  };
}

function paidInvoices({ store, target }: Services, destination: Destination): Subject {
  return {
    title: 'paid invoices',
    purpose: `When an invoice is paid in ${target.name}, its order in your ${store.name} store becomes paid, or paid in part, once. Orders that were paid or refunded in the store stay as they are. What this changes in the store comes back as nothing.`,
    source: target.changed.invoices,
    destination,
    noun: 'invoice',
    mapped:
      'says it in the words of the store. An invoice that is new, billed or canceled says nothing of the money.',
    setup: [
      `Orders have to come by *order to cash*, with the same ledger; the invoice has to be made of the sales order.`,
      'You need it where goods are sent on invoice.',
      'Each invoice speaks for its whole order: the first that is paid in full makes it paid.',
    ],
  };
}

function stepsOf({ store }: Services, subject: Subject): string[] {
  const { source, destination, mapped } = subject;
  const maps = destination.documents.map((one) => `**${mapName(store, one)}**`);
  const writes = destination.writes.map((one) => `**${writeName(one)}**`);
  return [
    `**${triggerName(subject)}** receives by ${source.byWebhook ? 'webhook and change tracking' : 'polling'}; **${RETRIES}** brings back what failed.`,
    `**${findName(store)}**: rows of no order of the store end here.`,
    `**${claimName(CHANGE)}** asks the Sync Ledger: what was told goes no further.`,
    `${enumerated(maps)} ${mapped}`,
    `${enumerated(writes)} ${writes.length > 1 ? 'write' : 'writes'} what the store does not say yet; *When Both Changed* says who wins over a change made there.`,
    'What fails is kept with its reason, and tried again where time helps.',
  ];
}

function setupOf({ store, target }: Services, { source, destination, setup, ...subject }: Subject) {
  const { name, alternative } = store.credential;
  const orElse = alternative ? ` (or its *${alternative}*, under *Authentication*)` : '';
  const trigger = triggerName({ source, destination, setup, ...subject });
  const hasSettings = settingsOf(destination).length > 0;
  return [
    `Choose your *${target.credential.name}* and *${name}*${orElse} credentials in the nodes; *Sync Ledger* needs none.`,
    ...setup,
    ...(source.byWebhook
      ? [
          `For webhooks ${source.byWebhook.needs}; else choose *Change Tracking Only* in **${trigger}**.`,
        ]
      : []),
    ...(hasSettings ? [] : ['Optional: set an error workflow.']),
    `Replace **${SEND_ALERT}** by your e-mail, Slack or Teams node. Put the address of the repair page (template *Sync operations*) into **${WRITE_ALERT}**.`,
    'Publish.',
  ];
}

function compile(options: WayBack, subject: Subject): Template {
  const { store, target, idPrefix } = options;
  const { source, destination, purpose, title } = subject;
  const name = `${target.name} → ${store.name}: ${title}`;
  const overview = `## ${name}

${purpose}

### How it works
${stepsOf(options, subject)
  .map((step, index) => `${index + 1}. ${step}`)
  .join('\n')}

### Setup
${setupOf(options, subject)
  .map((line) => `- ${line}`)
  .join('\n')}

Needs the community package ${PACK} (self-hosted n8n only).`;
  return compose({
    name,
    idPrefix,
    overview,
    parts: [
      receive({
        service: target,
        source,
        triggerName: triggerName(subject),
        noun: CHANGE,
        about: { store, sentAs: target.salesOrders.record },
      }),
      keepBelow(map({ source, service: store, destination, idPrefix })),
      [remember(write(store, destination), store, destination), alert()],
    ],
  });
}

/** A change of a sales order is told to the store that the order came from: how far it is, and by what it was sent. */
export const statusAndShipmentBack = (options: WayBack): Template =>
  compile(options, statusAndShipment(options));

/** An invoice that is paid is told to the store; undefined where the store has no status for that. */
export function paidInvoicesBack(options: WayBack): Template | undefined {
  const destination = options.store.told.paidInvoices;
  return destination && compile(options, paidInvoices(options, destination));
}
