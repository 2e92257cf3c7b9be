import { noteCall } from '../../odata/rehearsal/calls';
import { literal } from '../../odata/query';
import type { CallRule, Reader, RehearsalRules } from '../../odata/rehearsal/rules';
import type { BatchAnswer, Row } from '../../odata/types';
import { readPage } from './operations';
import { isStored, lookupColumns } from './rows/compare';
import { SALES_LINES, salesCallRules } from './sales/rehearsal';

/** How the writes of Dataverse are rehearsed in a dry run. */

const LOGICAL_NAME = 'Microsoft.Dynamics.CRM.lookuplogicalname';

const refusal = (
  status: number,
  code: string,
  message: string,
): Pick<BatchAnswer, 'status' | 'body'> => ({
  status,
  body: { error: { code, message } },
});

const answered = (body: Row): BatchAnswer => ({
  status: 200,
  headers: { 'odata-version': '4.0' },
  body,
});

/** The name of a file stands beside its ID (Dataverse docs: file-attributes). */
const shownBy = (column: string): string => `${column}_name`;

/** Which sets tables are in: a lookup names its table, and all else its set. */
async function setsOf({ request }: Reader, tables: string[]): Promise<Map<string, string>> {
  const filter = tables.map((table) => `LogicalName eq ${literal(table)}`).join(' or ');
  const path = `EntityDefinitions?$select=LogicalName,EntitySetName&$filter=${encodeURIComponent(filter)}`;
  const { rows } = readPage(await request({ method: 'GET', path }));
  return new Map(rows.map((row) => [String(row['LogicalName']), String(row['EntitySetName'])]));
}

/** What stands for the token of a file; nobody reads it but the messages of the same file. */
const TOKEN = 'dry-run';

/** A file goes in three messages, of which the last one puts it in its place (Dataverse docs: file-column-data). */
const FILE_MESSAGES: ReadonlyArray<readonly [string, CallRule]> = [
  [
    'InitializeFileBlocksUpload',
    async ({ about }, { row }) => {
      if (about) await row(about.set, String(about.key));
      return answered({ FileContinuationToken: TOKEN });
    },
  ],
  ['UploadBlock', async () => answered({})],
  [
    'CommitFileBlocksUpload',
    async ({ about, parameters }, stage) => {
      const { set = '', key = '', column = 'file' } = about ?? {};
      const { FileName: after, MimeType } = parameters;
      const stored = await stage.row(set, String(key), [column, shownBy(column)]);
      const before = stored[shownBy(column)] ?? stored[column] ?? null;
      stage.note({
        action: 'upload',
        table: set,
        id: String(key).toLowerCase(),
        columns: [{ column, before, after }],
        parameters: { MimeType },
      });
      return answered({ FileId: stage.newId() });
    },
  ],
];

const CALLS: ReadonlyMap<string, CallRule> = new Map([
  ...FILE_MESSAGES,
  ...salesCallRules(noteCall),
]);

/** Dynamics 365 Sales docs: what the app works out of the lines of a document. */
const WORKED_OUT = 'Dynamics 365 works out its amounts, and its number where none is sent.';
const DOCUMENTS: ReadonlySet<string> = new Set(['salesorders', 'quotes', 'invoices']);

export const DATAVERSE_REHEARSAL: RehearsalRules = {
  isStored,
  lookupsOf: lookupColumns,
  tableAnnotation: LOGICAL_NAME,
  setsOf,
  shownBy,
  readHeaders: { prefer: `odata.include-annotations="${LOGICAL_NAME}"` },
  // Dataverse docs: web-service-error-codes.
  taken: refusal(412, '0x80040237', 'A record with matching key values already exists.'),
  stale: refusal(412, '0x80060882', 'It does not have the version any more that was read.'),
  missing: refusal(404, '0x80040217', 'It was deleted, or was never there.'),
  isDocument: (set) => /^(?:Entity|Relationship)Definitions/.test(set),
  setOf: (navigation) => SALES_LINES.get(navigation),
  noteOf: (set) => (DOCUMENTS.has(set) ? WORKED_OUT : undefined),
  async call(call, stage) {
    return await CALLS.get(call.name)?.(call, stage);
  },
};
