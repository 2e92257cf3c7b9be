import type { Received } from '../../test-receiver';
import type { TestService } from '../test-service';
import { memo, multiChoice, text } from '../schema/columns';
import { table } from '../service';

/** What tests of webhooks work with: registering as the Web API wants it, and reading what comes. */

/** A table of somebody's own, with texts of more than a message takes and a column of several choices. */
export const note = table({
  name: 'new_note',
  schemaName: 'new_Note',
  label: 'Note',
  entitySet: 'new_notes',
  objectTypeCode: 10_001,
  primaryName: 'new_name',
  custom: true,
  columns: [
    text('new_name', 100, { schemaName: 'new_Name', label: 'Name' }),
    memo('new_text', 1_000_000, { schemaName: 'new_Text', label: 'Text' }),
    multiChoice('new_kinds', { 1: 'One', 2: 'Two', 9: 'Nine' }, { schemaName: 'new_Kinds' }),
  ],
});

export interface Registration {
  url: string;
  table: string;
  message?: string;
  endpoint?: object;
  step?: object;
}

const idIn = ({ headers }: { headers: Record<string, string> }): string =>
  headers['odata-entityid']?.split('(')[1]?.slice(0, -1) ?? '';

type Ask = TestService['ask'];

/** Id of the row that a POST makes; fails with the answer where it is refused. */
export async function made(ask: Ask, path: string, body: object): Promise<string> {
  const answer = await ask('POST', path, body);
  if (answer.status !== 204) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return idIn(answer);
}

const firstOf = async (ask: Ask, path: string, column: string): Promise<string> => {
  const { body } = await ask('GET', path);
  const [row] = body.value as Array<Record<string, string>>;
  return row?.[column] ?? '';
};

export const messageId = (ask: Ask, name: string): Promise<string> =>
  firstOf(ask, `sdkmessages?$select=sdkmessageid&$filter=name eq '${name}'`, 'sdkmessageid');

export const filterId = (ask: Ask, table: string, message: string): Promise<string> =>
  firstOf(
    ask,
    `sdkmessagefilters?$select=sdkmessagefilterid&$filter=primaryobjecttypecode eq '${table}' and _sdkmessageid_value eq ${message}`,
    'sdkmessagefilterid',
  );

export const newEndpoint = (ask: Ask, url: string, more: object = {}): Promise<string> =>
  made(ask, 'serviceendpoints', {
    name: 'n8n',
    url,
    contract: 8,
    authtype: 4,
    authvalue: 'the-secret',
    messageformat: 2,
    ...more,
  });

/** Registers one step. Returns its id and that of its endpoint. */
export async function register(
  ask: Ask,
  { url, table, message = 'Update', endpoint = {}, step = {} }: Registration,
): Promise<{ endpointId: string; stepId: string }> {
  const endpointId = await newEndpoint(ask, url, endpoint);
  const messageRow = await messageId(ask, message);
  const filter = await filterId(ask, table, messageRow);
  const stepId = await made(ask, 'sdkmessageprocessingsteps', {
    name: `n8n: ${message} of ${table}`,
    stage: 40,
    mode: 1,
    rank: 1,
    supporteddeployment: 0,
    asyncautodelete: true,
    'eventhandler_serviceendpoint@odata.bind': `/serviceendpoints(${endpointId})`,
    'sdkmessageid@odata.bind': `/sdkmessages(${messageRow})`,
    'sdkmessagefilterid@odata.bind': `/sdkmessagefilters(${filter})`,
    ...step,
  });
  return { endpointId, stepId };
}

export const addImage = (ask: Ask, stepId: string, image: object): Promise<string> =>
  made(ask, 'sdkmessageprocessingstepimages', {
    name: 'Pre',
    entityalias: 'Pre',
    imagetype: 0,
    messagepropertyname: 'Target',
    'sdkmessageprocessingstepid@odata.bind': `/sdkmessageprocessingsteps(${stepId})`,
    ...image,
  });

/** The execution context of a delivery; the tests read it in every shape. */
export type Context = Record<string, unknown>;

export const contextOf = ({ text }: Received): Context => JSON.parse(text) as Context;

interface Entity {
  Id: string;
  LogicalName: string;
  Attributes?: Array<{ key: string; value: unknown }>;
}

type Pairs = Array<{ key: string; value: Entity }>;

/** `Target` of a delivery. */
export const targetIn = (context: Context): Entity & Record<string, unknown> => {
  const [first] = context.InputParameters as Pairs;
  return (first?.value ?? {}) as Entity & Record<string, unknown>;
};

const attributesOf = ({ Attributes = [] }: Entity): Record<string, unknown> =>
  Object.fromEntries(Attributes.map(({ key, value }) => [key, value]));

export const targetAttributes = (context: Context): Record<string, unknown> =>
  attributesOf(targetIn(context));

export const imageIn = (
  context: Context,
  kind: 'PreEntityImages' | 'PostEntityImages',
  alias: string,
): Record<string, unknown> | undefined => {
  const image = (context[kind] as Pairs).find(({ key }) => key === alias);
  return image && attributesOf(image.value);
};
