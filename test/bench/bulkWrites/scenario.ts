import { randomUUID } from 'node:crypto';

import type { INodeParameters, INodeType } from 'n8n-workflow';

import { DynamicsDataverseApi } from '../../../credentials/DynamicsDataverseApi.credentials';
import type { RunningSandbox } from '../../../sandbox/start';
import { dataverseCredential } from '../../conformance/dataverse-on-sandbox';
import { runNode } from '../../engine';

/** Every hundredth row is bad. */
export const BAD_EVERY = 100;

/**
 * What may be wrong with a row, in turn, and how the error item has to say it, be it by the node, which converts values, or
 * by Dataverse: the column, and the reason.
 */
const FAULTS: ReadonlyArray<{ columns: object; says: RegExp }> = [
  { columns: { name: 'x'.repeat(161) }, says: /name takes 160|'name'.* length of '160'/ },
  {
    columns: { customertypecode: 4711 },
    says: /customertypecode has no choice "4711"|4711 of 'customertypecode'.*valid range/,
  },
  {
    columns: { numberofemployees: -1 },
    says: /numberofemployees takes .*-1|-1 of 'numberofemployees'.*valid range/,
  },
  { columns: { revenue: 'a lot' }, says: /revenue takes a number|'a lot'.*\(in revenue\)/ },
  {
    columns: { websitetown: 'Springfield' },
    says: /websitetown is not a column|'websitetown' does not exist/,
  },
  {
    columns: { 'primarycontactid@odata.bind': '/contacts(00000000-0000-4000-8000-00000000dead)' },
    says: /Does Not Exist \(in primarycontactid\)/,
  },
];

const isBad = (index: number): boolean => index % BAD_EVERY === BAD_EVERY / 2;
const faultOf = (index: number) => FAULTS[Math.floor(index / BAD_EVERY) % FAULTS.length];

export interface Written {
  outcomes: Record<string, number>;
  errors: number;
  /** Error items that do not say column and reason. */
  unclear: string[];
  stored: number;
  /** Requests of any kind but those for tokens, refused ones included. */
  requests: number;
  refused: number;
  mostInFlight: number;
  seconds: number;
}

/** Accounts as a workflow has them, of which some cannot be written. */
export function accounts(rows: number): object[] {
  return Array.from({ length: rows }, (_unused, index) => ({
    accountid: randomUUID(),
    name: `Account ${index}`,
    telephone1: `555-${index}`,
    ...(isBad(index) ? faultOf(index)?.columns : {}),
  }));
}

/** Upserts them by the node Dynamics 365, in n8n's engine, and tells what became of them. */
export async function upsertAccounts(
  { sandbox, node }: { sandbox: RunningSandbox; node: INodeType },
  rows: object[],
  options: INodeParameters = {},
): Promise<Written> {
  sandbox.context.counters.reset();
  const before = sandbox.services.dataverse.rows('accounts')?.length ?? 0;
  const started = Date.now();
  const run = await runNode({
    nodeType: node,
    parameters: {
      resource: 'row',
      operation: 'upsert',
      table: { __rl: true, mode: 'name', value: 'account' },
      columnsSource: 'auto',
      options,
    },
    input: rows,
    onError: 'continueErrorOutput',
    credentialTypes: [new DynamicsDataverseApi()],
    credentials: { dynamicsDataverseApi: dataverseCredential(sandbox) },
  });
  const seconds = (Date.now() - started) / 1000;
  if (run.error) throw run.error;
  const outcomes: Record<string, number> = {};
  for (const { outcome } of run.output(0)) {
    outcomes[String(outcome)] = (outcomes[String(outcome)] ?? 0) + 1;
  }
  const failed = run.output(1);
  const bad = rows.flatMap((_row, index) => (isBad(index) ? [index] : []));
  const { requests, byStatus, mostInFlight } = sandbox.context.counters.snapshot().dataverse;
  return {
    outcomes,
    errors: failed.length,
    unclear: failed
      .map(({ error }, place) => ({ error: String(error), index: bad[place] ?? 0 }))
      .filter(({ error, index }) => !faultOf(index)?.says.test(error))
      .map(({ error }) => error),
    stored: (sandbox.services.dataverse.rows('accounts')?.length ?? 0) - before,
    requests,
    refused: byStatus['429'] ?? 0,
    mostInFlight,
    seconds,
  };
}

/** Requests that the service lets through in a window of 5 s; so it asks for pauses of 1 to 5 s. */
export const ALLOWED = { requests: 20, windowSeconds: 5 };

/**
 * How much of what the limits allow was used: the least seconds that so many requests take, of the seconds that they took.
 * The first window's requests may all leave at once.
 */
export function shareOfAllowed({ requests, refused, seconds }: Written): number {
  const windows = Math.ceil((requests - refused) / ALLOWED.requests) - 1;
  return (windows * ALLOWED.windowSeconds) / seconds;
}
