import { validationError } from '../../errors';
import { isGuidText, toGuid } from '../../odata/query';
import type { KeySyntax, ODataService } from '../../odata/service';
import type { Row } from '../../odata/types';
import { fitForXml } from '../../text';
import { dataverseError } from './errors/errors';
import { equalsText, fitsList, isIn } from './filters';

/** Dataverse docs: define-alternate-keys-entity, "Unicode characters in key value". */
const UNUSABLE_IN_KEY = /[/<>*%&:\\?+]/;

const KEYS: KeySyntax = {
  ofText: toGuid,
  ofValue(column, value) {
    if (/^_\w+_value$/.test(column)) return toGuid(value, column);
    const bad = UNUSABLE_IN_KEY.exec(value)?.[0];
    if (bad === undefined) return undefined;
    throw validationError(
      `The value of ${column} contains "${bad}", which Dataverse does not accept in an alternate key.`,
      'Find the row by a filter instead, use its ID, or take a key column without / < > * % & : \\ ? +.',
    );
  },
};

const GUID_AT_END = /\((?:(\w+)=)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)$/i;

/** After an upsert by alternate key this names the alternate key, which may be a GUID too, and so no ID. */
function idFromAddress(address = '', primaryId?: string): string | undefined {
  const [, key, id] = GUID_AT_END.exec(address) ?? [];
  return key === undefined || key === primaryId ? id?.toLowerCase() : undefined;
}

/** The primary key is always part of a returned row; where its name is not known, the one `…id` column it can be. */
function idFromRow(row: Row, primaryId?: string): string | undefined {
  const names = primaryId
    ? [primaryId]
    : Object.keys(row).filter((name) => /^[a-z]\w*id$/.test(name) && isGuidText(row[name]));
  const value = names.length === 1 ? row[names[0] ?? ''] : undefined;
  return isGuidText(value) ? value.toLowerCase() : undefined;
}

/** `If-None-Match: null` keeps old expanded rows away (Dataverse docs: compose-http-requests-handle-errors). */
const NOTHING_OLD = { 'if-none-match': 'null' };

/** The Web API of Dataverse, as far as it is not what every OData service is. */
export const DATAVERSE: ODataService = {
  words: {
    name: 'Dataverse',
    address: 'environment URL',
    api: 'the Web API of this environment',
    pathFix: 'Give a path relative to /api/data/…/, such as accounts?$select=name.',
    set: {
      noun: 'a table in the Web API',
      fix: 'Use its entity set name, such as salesorders.',
    },
    column: {
      noun: 'a column',
      fix: 'Use the logical name, such as emailaddress1; of a lookup _customerid_value.',
    },
    key: 'alternate key',
  },
  rootPath: '/api/data/v9.2/',
  ownPath: /^\/api\/data\/v[\d.]+\//i,
  headers: NOTHING_OLD,
  // Dataverse docs: execute-batch-operations-using-web-api, use-upsert-insert-update-record.
  batchAccept: 'application/json',
  upserts: true,
  // DuplicateRecord, of a row of the intersect table (Dataverse docs: org-service/web-service-error-codes).
  pairExists: '0x80040237',
  batchedReadHeaders: NOTHING_OLD,
  limits: {
    // Dataverse docs: query/overview.
    url: 32_768,
    urlInBatch: 65_536,
    // Dataverse docs: execute-batch-operations-using-web-api.
    operations: 1_000,
    batchBytes: 8 * 1024 * 1024,
    // Dataverse docs: query/page-results.
    pageRows: 5_000,
    // Dataverse docs: query/count-rows.
    countUpTo: 5_000,
    // A whole address may have 32 KB.
    filter: 20_000,
    // Dataverse docs: api-limits. It asks for up to 300 s.
    pauseMs: 330_000,
  },
  fitText: fitForXml,
  keys: KEYS,
  many: { isIn, fits: fitsList, equals: equalsText },
  namespace: 'Microsoft.Dynamics.CRM',
  errorOf: dataverseError,
  foreignCode: 'NOT_DATAVERSE',
  idOf: ({ address, row, primaryId }) =>
    (row && idFromRow(row, primaryId)) ?? idFromAddress(address, primaryId),
};
