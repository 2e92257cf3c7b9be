import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { openStore } from '../connection';

/** The numbers of the events are nowhere documented: the store tells them. */
export async function getWebhookEvents(
  this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
  const { client } = await openStore(this);
  return (await client.webhooks.events()).map(({ EventType: value, EventName }) => ({
    name: EventName?.trim() || `Event ${value}`,
    value,
  }));
}
