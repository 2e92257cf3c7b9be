import { LRUCache } from 'lru-cache';
import type { IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import { isResourceLocatorValue } from 'n8n-workflow';

import { createMetadata } from '../../core/dynamics/dataverse/metadata/metadata';
import { type Followed, followedColumns } from '../../core/dynamics/dataverse/tracking/watched';
import type { Dataverse, DataverseTable } from '../../core/dynamics/dataverse/types';
import { type Shape, shapeOf } from '../../core/dynamics/dataverse/webhooks';
import type { Column } from '../../core/dynamics/tables';
import { validationError } from '../../core/errors';
import { connect } from '../Dynamics365/connection';
import type { OpenOptions } from '../shared/connection';
import type { RequestContext } from '../shared/transport';
import type { TriggerStore } from '../shared/trigger/definition';
import { OWN_WRITES, PUT_OUT, SHOWN, TRIGGER_ON, WATCHED } from './fields';
import { ANY_TABLE, knownTable, TRIGGER_ON_DEFAULT } from './tables';

type TriggerContext = IHookFunctions | IPollFunctions | IWebhookFunctions;

/** A table of an environment, and what is followed of it. */
export interface Environment extends TriggerStore {
  client: Dataverse;
  table: DataverseTable;
  followed: Followed;
  /** What nodes of the pack have written comes out too. */
  putsOutOwn: boolean;
  /** Of its columns, for what messages of the environment hold. */
  shape: Shape;
}

interface KnownTable {
  table: DataverseTable;
  columns: Column[];
}

const MINUTE_MS = 60_000;

/** What environments say of tables: a delivery is not to ask anew, and a column that is added is there soon. */
const known = new LRUCache<string, Promise<KnownTable>>({ max: 200, ttl: 10 * MINUTE_MS });

async function tableIn(client: Dataverse, name: string): Promise<KnownTable> {
  const key = `${client.root} ${name}`;
  const before = known.get(key);
  if (before) return await before;
  const metadata = createMetadata(client);
  const asked = (async () => {
    const table = knownTable(name) ?? (await metadata.table(name));
    return { table, columns: await metadata.columns(table.logicalName) };
  })();
  known.set(key, asked);
  asked.catch(() => known.delete(key));
  return await asked;
}

/** Logical or entity set name of the table that the panel is set to. */
function chosenTable(context: TriggerContext): string {
  const chosen = context.getNodeParameter(TRIGGER_ON, TRIGGER_ON_DEFAULT) as string;
  if (chosen !== ANY_TABLE) return chosen;
  const given: unknown = context.getNodeParameter('table', '');
  const value = isResourceLocatorValue(given) ? given.value : given;
  const name = typeof value === 'string' ? value.trim() : '';
  if (name !== '') return name;
  throw validationError('No table is chosen', 'Choose one in Table.');
}

/** Names in a list, also in the text that an expression gives. */
function namesIn(given: unknown): string[] {
  const list = Array.isArray(given) ? given.map(String) : String(given ?? '').split(',');
  return list.map((name) => name.trim()).filter((name) => name !== '');
}

/** By which an environment is known: its host. */
export const addressOf = ({ root }: Pick<Dataverse, 'root'>): string => new URL(root).host;

/**
 * The environment of the credential, with the table that the panel is set to. It is called by its host, as the credential says
 * it: an environment has no other name that stays.
 */
export async function openEnvironment(
  context: RequestContext,
  options: OpenOptions = {},
): Promise<Environment> {
  const trigger = context as TriggerContext;
  const client = await connect(context, options);
  const { table, columns } = await tableIn(client, chosenTable(trigger));
  return {
    name: addressOf(client),
    address: addressOf(client),
    client,
    table,
    putsOutOwn: trigger.getNodeParameter(`options.${OWN_WRITES}`, '') === PUT_OUT,
    shape: shapeOf(table.logicalName, columns),
    followed: followedColumns(table, columns, {
      watch: namesIn(trigger.getNodeParameter(WATCHED, [])),
      show: namesIn(trigger.getNodeParameter(SHOWN, [])),
    }),
  };
}
