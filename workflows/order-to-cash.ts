import { PACK, type Template, TemplateBuilder } from './builder';

const LEDGER = `${PACK}.syncLedger`;
const DYNAMICS = `${PACK}.dynamics365`;

/** Of the Sync Ledger nodes: from here on they ask for no credential. */
const LEDGER_VERSION = 1.1;

/** One name, so that a second import of this template knows what the first has sent. */
const FLOW = 'xcart-orders-to-dynamics365';

/** Names of the nodes, where others have to find them. */
export const NODES = {
  orders: 'New or changed orders',
  retries: 'Retries that are due',
  claim: 'Claim each order once',
  settings: 'Settings',
  map: 'Map to Dynamics 365',
  company: 'Write company',
  customer: 'Write customer',
  salesOrder: 'Write sales order',
  done: 'Mark as done',
  failed: 'Keep what failed',
} as const;

/**
 * The ledger is a file: what holds it up (a backup, a full disk) is mostly gone in seconds. Not for Fail: n8n takes an
 * item with a field `error` for a failure of the node, and would run it five times.
 */
const PATIENT = { retryOnFail: true, maxTries: 5, waitBetweenTries: 5000 } as const;

const OVERVIEW = `## X-Cart → Dynamics 365: order to cash

Every order of your X-Cart store becomes one sales order in Dynamics 365, with its lines, customer and company. Not lost, not doubled: delivered twice, changed later, or cut off half-way, it is still one order.

### How it works
1. **New or changed orders** receives orders by webhook and by polling; **Retries that are due** brings back what failed for the moment.
2. **Claim each order once** asks the Sync Ledger. What has been sent unchanged goes no further.
3. **Map to Dynamics 365** turns the order into company, customer and sales order.
4. Company, customer and sales order are written, many in one request.
5. **Mark as done** remembers where each order went. A failure is kept with its reason, tried again where time helps, and otherwise waits as a dead letter for you.

### Setup
- Choose your *X-Cart API* and *Dynamics 365 (Dataverse) API* credentials in the nodes that show them. *Sync Ledger* needs none: it keeps its file in the folder of n8n. To choose another file or to encrypt, set *Ledger* in all its nodes alike.
- Products are found by SKU = product number. An order with an unknown SKU becomes a dead letter.
- Optional: enter a price list in **Settings**, change any field under *Field Overrides* of **Map to Dynamics 365**, and set an error workflow in the workflow settings to be told when a run stops.
- Publish. To bring in older orders, set *Start From* in **New or changed orders**.

Needs the community package n8n-nodes-dynamics-commerce (self-hosted n8n only).`;

/** The template that `npm start` runs, and the first that most shops import. */
export function orderToCash(): Template {
  const builder = new TemplateBuilder('X-Cart → Dynamics 365: order to cash', '1a6f0c21');
  builder.overview(OVERVIEW, [-784, -144], [624, 752]);
  receive(builder);
  map(builder);
  write(builder);
  record(builder);
  return builder.build();
}

function receive(builder: TemplateBuilder): void {
  builder
    .section(
      '## Receive\nWebhook and poll put out the same document. The ledger lets each version of an order through once.',
      [0, 0],
      [1, 1],
    )
    .node(NODES.orders, `${PACK}.xCartTrigger`, [0, 0], {
      credential: 'xCartApi',
      webhookId: 'xcart-orders',
      parameters: {
        pollTimes: { item: [{ mode: 'everyMinute' }] },
        receiveBy: 'both',
        options: {},
      },
    })
    .node(NODES.retries, `${PACK}.syncLedgerTrigger`, [0, 1], {
      typeVersion: LEDGER_VERSION,
      parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, flow: FLOW, options: {} },
    })
    .node(NODES.claim, LEDGER, [1, 0], {
      typeVersion: LEDGER_VERSION,
      ...PATIENT,
      parameters: { operation: 'claim', flow: FLOW, options: {} },
    })
    .connect(NODES.orders, NODES.claim)
    .connect(NODES.retries, NODES.claim);
}

function map(builder: TemplateBuilder): void {
  builder
    .section(
      '## Map\nYour settings, and the mapping: add rows under *Field Overrides* to change it.',
      [2, 0],
      [3, 0],
    )
    .node(NODES.settings, 'n8n-nodes-base.set', [2, 0], {
      typeVersion: 3.4,
      parameters: {
        mode: 'manual',
        duplicateItem: false,
        assignments: {
          assignments: [
            {
              id: '1a6f0c21-0000-4000-9000-000000000001',
              name: 'settings.priceList',
              type: 'string',
              value: '',
            },
          ],
        },
        includeOtherFields: true,
        options: {},
      },
    })
    .node(NODES.map, `${PACK}.commerceMap`, [3, 0], {
      onError: 'continueErrorOutput',
      parameters: {
        operation: 'map',
        from: 'xcart.order',
        to: 'dataverse.salesorder',
        fieldOverrides: {
          rows: [
            {
              target: 'other',
              otherTarget: 'salesorder.pricelevel',
              source: 'path',
              path: 'other',
              otherPath: 'settings.priceList',
            },
          ],
        },
        options: {},
      },
    })
    .connect(NODES.claim, NODES.settings)
    .connect(NODES.settings, NODES.map)
    .connect(NODES.map, NODES.company)
    .connect(NODES.map, NODES.failed, 1);
}

/** Writes one document of the mapped item, and adds what came of it to the item. */
function writing(resource: string, columnsField: string, options: object): object {
  return { resource, operation: 'upsert', columnsSource: 'field', columnsField, options };
}

function write(builder: TemplateBuilder): void {
  const node = (name: string, column: number, parameters: object, next: string): void => {
    builder
      .node(name, DYNAMICS, [column, 0], {
        credential: 'dynamicsDataverseApi',
        onError: 'continueErrorOutput',
        parameters: parameters as Record<string, unknown>,
      })
      .connect(name, next)
      .connect(name, NODES.failed, 1);
  };
  builder.section(
    '## Write\nCompany (where the order has one), customer, then the order with its lines. Each has a key made from the shop, so that writing twice does no harm.',
    [4, 0],
    [6, 0],
  );
  const person = { whenMissing: 'skip' };
  node(
    NODES.company,
    4,
    writing('account', 'account', { ...person, outputField: 'writtenAccount' }),
    NODES.customer,
  );
  node(
    NODES.customer,
    5,
    writing('contact', 'contact', { ...person, outputField: 'writtenContact' }),
    NODES.salesOrder,
  );
  node(
    NODES.salesOrder,
    6,
    writing('salesOrder', 'salesorder', {
      outputField: 'result',
      failOnTotalDifference: true,
      unknownProducts: 'fail',
    }),
    NODES.done,
  );
}

function record(builder: TemplateBuilder): void {
  builder
    .section(
      '## Remember\nDone, with the link to Dynamics 365; or kept with the reason, to be tried again or repaired.',
      [7, 0],
      [8, 1],
    )
    .node(NODES.done, LEDGER, [7, 0], {
      typeVersion: LEDGER_VERSION,
      ...PATIENT,
      onError: 'continueErrorOutput',
      parameters: {
        operation: 'complete',
        targetSystem: 'dataverse',
        targetTable: 'salesorder',
        targetIdField: 'result.id',
        options: { outcomeField: 'result.outcome' },
      },
    })
    .node(NODES.failed, LEDGER, [8, 1], {
      typeVersion: LEDGER_VERSION,
      parameters: { operation: 'fail', options: {} },
    })
    .connect(NODES.done, NODES.failed, 1);
}
