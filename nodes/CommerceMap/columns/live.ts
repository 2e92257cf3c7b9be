import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { DocumentType } from '../../../core/documents';
import type { Column, Table } from '../../../core/dynamics/tables';
import { DOCUMENTS } from '../../../core/presets';
import { CREDENTIAL } from '../../Dynamics365/connection';
import { dataverseTables } from '../../Dynamics365/tables';

/** A part of the document that goes out, with the columns that its table has in this environment. */
export interface LivePart {
  /** Path of the part: `salesorder.order_details[*]`. */
  path: string;
  table: Table;
  columns: Column[];
}

/** The credential that documents of a service take their tables from, by the service. */
const TABLES_OF = { dataverse: { credential: CREDENTIAL, tables: dataverseTables } } as const;

const serviceOf = ({ name }: DocumentType) =>
  TABLES_OF[name.split('.')[0] as keyof typeof TABLES_OF] as
    (typeof TABLES_OF)[keyof typeof TABLES_OF] | undefined;

/** The documents that no environment can name custom columns of. */
export const LIFELESS_DOCUMENTS: string[] = DOCUMENTS.filter(
  (document) => document.tables === undefined || serviceOf(document) === undefined,
).map(({ name }) => name);

/** A panel asks for the same columns once for each of its lists, all at once. */
const KEPT_MS = 3_000;
const kept = new Map<string, Promise<LivePart[]>>();

/** Kept no longer than an opening panel takes, and an error not at all: Refresh is pressed to see what has changed. */
function keep(key: string, ask: () => Promise<LivePart[]>): Promise<LivePart[]> {
  const known = kept.get(key);
  if (known) return known;
  const asked = ask();
  kept.set(key, asked);
  const forget = () => kept.delete(key);
  asked.then(() => setTimeout(forget, KEPT_MS).unref(), forget);
  return asked;
}

/**
 * The columns of the environment that the node's credential names; none where no credential is chosen, for a mapping needs
 * none. Throws where the environment cannot be asked.
 */
export async function liveParts(
  context: ILoadOptionsFunctions,
  document: DocumentType,
): Promise<LivePart[]> {
  const { tables: parts } = document;
  const service = serviceOf(document);
  const { credentials = {} } = context.getNode();
  const credential = service && credentials[service.credential];
  if (!service || !parts || !credential) return [];
  const key = `${credential.id ?? credential.name} ${document.name}`;
  return await keep(key, async () => {
    const { metadata } = await service.tables.openForEditor(context);
    return await Promise.all(
      Object.entries(parts).map(async ([path, name]) => ({
        path,
        table: await metadata.table(name),
        columns: await metadata.columns(name),
      })),
    );
  });
}
