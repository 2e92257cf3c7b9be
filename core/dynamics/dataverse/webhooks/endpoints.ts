import { isRow } from '../../../odata/answers';
import { eq } from '../../../odata/query';
import type { Row } from '../../../odata/types';
import type { WantedHook } from '../../../webhooks/hooks';
import type { Dataverse } from '../types';
import { withRight } from './rights';
import { authentication, type SecretPlace } from './secret';

/** Where Dataverse sends events to (Dataverse docs: register-web-hook, entity reference of serviceendpoint). */

const SET = 'serviceendpoints';
const TABLE = 'serviceendpoint';
const STEPS = 'serviceendpoint_sdkmessageprocessingstep';
/** `contract`: a webhook. */
const WEBHOOK = 8;
/** `messageformat`. */
const JSON_FORMAT = 2;
const LONGEST_NAME = 256;

/** A service endpoint whose contract is Webhook, with what is registered at it. */
export interface Endpoint {
  /** `serviceendpointid`. */
  id: string;
  /** Where it sends; empty where the row has none. */
  url: string;
  /** How it shows who it is: `serviceendpoint.authtype`, see `secret.ts`. */
  authtype: number;
  /** Whether it has any secret; which one nobody can read. */
  hasSecret: boolean;
  /** Rows of its steps. */
  steps: Row[];
}

const STEP_COLUMNS = [
  ...['sdkmessageprocessingstepid', 'stage', 'mode', 'filteringattributes', 'statecode'],
  ...['_sdkmessageid_value', '_sdkmessagefilterid_value'],
];

/** The key of a step: `sdkmessageprocessingstepid`. */
export const stepIdOf = (step: Row): string => String(step['sdkmessageprocessingstepid']);

/** Path of an address, `/webhook/…/dynamics365`, by which a trigger knows its endpoint; undefined: it is no URL. */
export function pathOf(url: string): string | undefined {
  return URL.parse(url)?.pathname;
}

const endpointIn = (row: Row): Endpoint => {
  const steps = row[STEPS];
  return {
    id: String(row['serviceendpointid']),
    url: String(row['url'] ?? ''),
    authtype: Number(row['authtype']),
    hasSecret: row['isauthvalueset'] !== false,
    steps: Array.isArray(steps) ? steps.filter(isRow) : [],
  };
};

const WANTED = {
  select: ['serviceendpointid', 'url', 'authtype', 'isauthvalueset'],
  expand: [{ property: STEPS, select: STEP_COLUMNS }],
};

/**
 * All webhooks of the environment with their steps, in one request, whoever has made them.
 *
 * @throws what the service says; where the right to read is missing, an error of the class `permission` that names it
 */
export async function webhookEndpoints(client: Dataverse): Promise<Endpoint[]> {
  const rows = await withRight('Read', TABLE, () =>
    client.list(SET, { ...WANTED, filter: eq('contract', WEBHOOK) }),
  );
  return rows.map(endpointIn);
}

const addressed = ({ url, secret }: WantedHook, place: SecretPlace): Row => ({
  url,
  ...authentication(place, secret),
});

/**
 * Makes the endpoint of a trigger: a row of `serviceendpoint` with contract 8 (Webhook) and message format 2 (JSON), without steps.
 *
 * @param place where the secret is sent
 * @param headers of the request, such as the solution that the endpoint becomes part of
 * @throws as `webhookEndpoints`, of the right to create
 */
export async function createEndpoint(
  client: Dataverse,
  hook: WantedHook,
  place: SecretPlace,
  headers: Record<string, string>,
): Promise<Endpoint> {
  const row = {
    // An administrator is to see whose it is, and each trigger has another path.
    name: `n8n ${pathOf(hook.url) ?? ''}`.trim().slice(0, LONGEST_NAME),
    description:
      'Of the trigger of a workflow in n8n, which deletes it when the workflow is not published any more.',
    contract: WEBHOOK,
    messageformat: JSON_FORMAT,
    ...addressed(hook, place),
  };
  const options = { headers, primaryId: 'serviceendpointid', returning: ['serviceendpointid'] };
  const { id = '' } = await withRight('Create', TABLE, () => client.create(SET, row, options));
  const { authtype } = authentication(place, hook.secret);
  return { id, url: hook.url, authtype, hasSecret: true, steps: [] };
}

/**
 * Gives an endpoint the address and the secret that are wanted. The secret is sent each time, because nobody can see which one is
 * there (`authvalue` can be written and never read).
 *
 * @throws where it is gone, an error of the class `not-found`; else as `webhookEndpoints`, of the right to write
 */
export async function repairEndpoint(
  client: Dataverse,
  id: string,
  hook: WantedHook,
  place: SecretPlace,
): Promise<void> {
  await withRight('Write', TABLE, () => client.update(SET, id, addressed(hook, place)));
}

/**
 * Deletes it, unless somebody has a step at it: Dataverse refuses to delete one that is in use.
 *
 * @throws where it is gone, an error of the class `not-found`; else as `webhookEndpoints`, of the right to delete
 */
export async function deleteUnusedEndpoint(client: Dataverse, id: string): Promise<void> {
  const row = await withRight('Read', TABLE, () => client.get(SET, id, WANTED));
  if (endpointIn(row).steps.length > 0) return;
  await withRight('Delete', TABLE, () => client.delete(SET, id));
}
