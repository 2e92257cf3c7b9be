import { PACK } from '../builder';
import type { Part, Step } from '../compose';
import type { Addition, Destination, Service, Source, Store } from '../services/service';
import { withArticle } from '../words';
import { LEDGER_TRIGGER_VERSION, ledgerStep } from './ledger';

/** Of a trigger that polls. */
export const EVERY_MINUTE = { pollTimes: { item: [{ mode: 'everyMinute' }] } };

export interface Receive {
  service: Service;
  source: Source;
  /** Name of the trigger node. */
  triggerName: string;
  /** What is received, within a sentence: "order". */
  noun: string;
  /**
   * Which order of a store a document is about, by where the store's orders were sent: what is about no order of this store ends
   * there, and is never kept.
   */
  about?: { store: Store; sentAs: Pick<Destination['record'], 'system' | 'table'> };
}

export const RETRIES = 'Retries that are due';

/** Name of the node that lets each version of a document through once. */
export const claimName = (noun: string): string => `Claim each ${noun} once`;

/** Name of the node that adds to the document. */
export const additionName = ({ noun }: Addition): string => `Add ${noun}`;

/** Name of the node that finds which order of a store a document is about. */
export const findName = ({ name }: Service): string => `Find ${name} order`;

/** Asks before the ledger takes anything, so that what is of no order of the store is no record of it. */
const findStep = (
  { store, sentAs: { system, table } }: NonNullable<Receive['about']>,
  { orderId = '' }: Source,
): Step =>
  ledgerStep(
    findName(store),
    'line',
    {
      operation: 'findSource',
      targetSystem: system,
      targetTable: table,
      targetIdField: orderId,
      platform: store.key,
      storeName: '',
      options: {},
    },
    // One row that cannot be told of keeps no other from being told.
    // It stands low, so that the way of its errors goes below the names of others.
    { outputs: ['Found', 'Not Found'], onError: 'continueErrorOutput', row: 1 },
  );

function addition({ credential }: Service, one: Addition): Step {
  return {
    name: additionName(one),
    role: 'line',
    type: `${PACK}.${one.node}`,
    credential: credential.type,
    onError: 'continueErrorOutput',
    parameters: one.parameters,
  };
}

/**
 * The trigger of a service, the retries of the flow, and the claim that lets each version through once. No node names
 * the flow, so that it is the workflow itself: a second import has its own.
 */
export function receive({ service, source, triggerName, noun, about }: Receive): Part {
  const { trigger, byWebhook, parameters, additions = [] } = source;
  const both = byWebhook ? 'Webhook and poll put out the same document. ' : '';
  const found = about
    ? `What is no order of ${about.store.name} ends at **${findName(about.store)}**. `
    : '';
  return {
    note: `## Receive\n${both}${found}The ledger lets each version of ${withArticle(noun)} through once.`,
    steps: [
      {
        name: triggerName,
        role: 'trigger',
        type: `${PACK}.${trigger}`,
        credential: service.credential.type,
        parameters: { ...EVERY_MINUTE, ...parameters, options: {} },
      },
      ...(about ? [findStep(about, source)] : []),
      {
        name: RETRIES,
        role: 'trigger',
        type: `${PACK}.syncLedgerTrigger`,
        typeVersion: LEDGER_TRIGGER_VERSION,
        // What comes again was found before.
        ...(about && { row: 0, leads: { '': claimName(noun) } }),
        parameters: { ...EVERY_MINUTE, options: {} },
      },
      ledgerStep(claimName(noun), 'line', { operation: 'claim', options: {} }),
      ...additions.map((one) => addition(service, one)),
    ],
  };
}
