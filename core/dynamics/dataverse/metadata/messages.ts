import { type ErrorClass, toServiceError } from '../../../errors';
import { isCancelled } from '../../../http/wait';
import { and, eq, or } from '../../../odata/query';
import type { ODataClient, Row } from '../../../odata/types';

/** Messages that write many rows of one table in one request, all of them or none (Dataverse docs: bulk-operations). */
export const BULK_MESSAGES = ['CreateMultiple', 'UpdateMultiple'] as const;

export type BulkMessage = (typeof BULK_MESSAGES)[number];

export interface BulkMessages {
  /** Whether the environment says that a table, by its logical name, has a message. Never rejects but when cancelled. */
  has(table: string, message: BulkMessage): Promise<boolean>;
  /** Notes that the service does not know the message after all. */
  lacks(table: string, message: BulkMessage): void;
}

/** What does not pass by itself: it is asked no more. */
const LASTING: ReadonlySet<ErrorClass> = new Set(['permission', 'not-found', 'validation']);

type Found = Promise<Set<string>>;

/** By service root and table. A table has its messages for good, so that a process asks once for each. */
const known = new Map<string, Found>();

/** Asks anew in this process. */
export function forgetBulkMessages(): void {
  known.clear();
}

const nameIn = ({ sdkmessageid: message }: Row): string[] =>
  typeof message === 'object' && message !== null && 'name' in message
    ? [String(message.name)]
    : [];

async function ask(client: ODataClient, table: string): Found {
  const rows = await client.list('sdkmessagefilters', {
    select: ['sdkmessagefilterid'],
    expand: [{ property: 'sdkmessageid', select: ['name'] }],
    filter: and(
      eq('primaryobjecttypecode', table),
      or(...BULK_MESSAGES.map((message) => eq('sdkmessageid/name', message))),
    ),
  });
  return new Set(rows.flatMap(nameIn));
}

/**
 * What the environment of this client says of its tables, in one request for each table and process. Where it does not
 * let the application user look, no table has such a message; where it could not answer, the next run asks again.
 */
export function bulkMessagesOf(client: ODataClient): BulkMessages {
  const keyOf = (table: string): string => `${client.root} ${table}`;

  async function messagesOf(table: string): Found {
    const key = keyOf(table);
    const asked = known.get(key) ?? ask(client, table);
    known.set(key, asked);
    try {
      return await asked;
    } catch (error) {
      known.delete(key);
      if (isCancelled(error)) throw error;
      const none = new Set<string>();
      if (LASTING.has(toServiceError(error).class)) known.set(key, Promise.resolve(none));
      return none;
    }
  }

  return {
    has: async (table, message) => (await messagesOf(table)).has(message),
    lacks: (table, message) => {
      void known.get(keyOf(table))?.then((found) => found.delete(message));
    },
  };
}
