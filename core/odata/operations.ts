import { ServiceError, validationError } from '../errors';
import { jsonText } from './json';
import { encodeQuery, entitySet, isGuidText, keySegment, literal, queryString } from './query';
import type {
  BatchAnswer,
  Bound,
  CreateOptions,
  DeleteOptions,
  Query,
  ReadOptions,
  RecordKey,
  Row,
  SingleOperation,
  UpdateOptions,
  UpsertOptions,
  Written,
} from '../dynamics/dataverse/types';

/** Each function makes one request of the Web API, to be sent alone (`request`) or in a batch. */

export function recordPath(set: string, key: RecordKey): string {
  return `${entitySet(set)}${keySegment(key)}`;
}

function prefer(...preferences: (string | false | undefined)[]): Record<string, string> {
  const value = preferences.filter(Boolean).join(',');
  return value ? { prefer: value } : {};
}

const annotated = (wanted: boolean | undefined) => wanted && 'odata.include-annotations="*"';

interface Returning {
  returning?: string[] | true;
  select?: string[];
  expand?: CreateOptions['expand'];
}

/** Without a wish Dataverse answers 204 and reads nothing. */
function representation({ returning, select, expand }: Returning): {
  query: string;
  headers: Record<string, string>;
} {
  const columns = select ?? (returning === true ? undefined : returning);
  const wanted = returning !== undefined || select !== undefined || expand !== undefined;
  return {
    query: wanted ? queryString({ select: columns, expand }) : '',
    headers: prefer(wanted && 'return=representation'),
  };
}

export function createOperation(
  set: string,
  row: Row,
  options: CreateOptions = {},
): SingleOperation {
  const { query, headers } = representation(options);
  return {
    method: 'POST',
    path: `${entitySet(set)}${query}`,
    body: row,
    headers: { ...headers, ...options.headers },
    repeatable: options.repeatable ?? false,
    creates: true,
  };
}

export function getOperation(
  set: string,
  key: RecordKey,
  options: ReadOptions = {},
): SingleOperation {
  return {
    method: 'GET',
    path: `${recordPath(set, key)}${queryString(options)}`,
    headers: prefer(annotated(options.annotations)),
  };
}

export function listOperation(set: string, query: Query = {}): SingleOperation {
  const { pageSize, annotations } = query;
  return {
    method: 'GET',
    path: `${entitySet(set)}${queryString(query)}`,
    headers: prefer(
      pageSize !== undefined && `odata.maxpagesize=${pageSize}`,
      annotated(annotations),
    ),
  };
}

/** `If-Match: *`, so that a row that is gone is not made again out of the changed columns alone. */
export function updateOperation(
  set: string,
  key: RecordKey,
  row: Row,
  options: UpdateOptions = {},
): SingleOperation {
  const { query, headers } = representation(options);
  return {
    method: 'PATCH',
    path: `${recordPath(set, key)}${query}`,
    body: row,
    headers: { ...headers, 'if-match': options.ifMatch ?? '*', ...options.headers },
    // After a doubtful answer the ETag would no longer match, and the second attempt report a false conflict.
    repeatable: options.repeatable ?? options.ifMatch === undefined,
  };
}

const CONDITIONS: Record<NonNullable<UpsertOptions['mode']>, Record<string, string>> = {
  either: {},
  'create-only': { 'if-none-match': '*' },
  'update-only': { 'if-match': '*' },
};

export function upsertOperation(
  set: string,
  key: RecordKey,
  row: Row,
  options: UpsertOptions = {},
): SingleOperation {
  const { query, headers } = representation(options);
  return {
    method: 'PATCH',
    path: `${recordPath(set, key)}${query}`,
    body: row,
    headers: { ...headers, ...CONDITIONS[options.mode ?? 'either'], ...options.headers },
    repeatable: options.repeatable ?? true,
  };
}

export function deleteOperation(
  set: string,
  key: RecordKey,
  { ifMatch, headers }: DeleteOptions = {},
): SingleOperation {
  return {
    method: 'DELETE',
    path: recordPath(set, key),
    headers: { ...(ifMatch ? { 'if-match': ifMatch } : {}), ...headers },
    repeatable: ifMatch === undefined,
  };
}

export function associateOperation(
  root: string,
  from: Required<Bound>,
  navigation: string,
  to: Required<Bound>,
  single = false,
): SingleOperation {
  return {
    method: single ? 'PUT' : 'POST',
    path: `${recordPath(from.set, from.key)}/${entitySet(navigation)}/$ref`,
    body: { '@odata.id': `${root}${recordPath(to.set, to.key)}` },
    repeatable: true,
  };
}

export function disassociateOperation(
  root: string,
  from: Required<Bound>,
  navigation: string,
  to?: Required<Bound>,
): SingleOperation {
  const query = to ? `?$id=${encodeQuery(`${root}${recordPath(to.set, to.key)}`)}` : '';
  return {
    method: 'DELETE',
    path: `${recordPath(from.set, from.key)}/${entitySet(navigation)}/$ref${query}`,
    repeatable: true,
  };
}

/** A bound name needs its namespace (Dataverse docs: use-web-api-functions); an unbound one needs none. */
function messagePath(name: string, bound?: Bound): string {
  if (!/^[A-Za-z_][\w.]*$/.test(name)) {
    throw validationError(
      `"${name.slice(0, 60)}" is not the name of an action or function.`,
      'Use its name alone, such as WhoAmI.',
    );
  }
  if (!bound) return name;
  const target = bound.key ? recordPath(bound.set, bound.key) : entitySet(bound.set);
  return `${target}/${name.includes('.') ? name : `Microsoft.Dynamics.CRM.${name}`}`;
}

export function actionOperation(
  name: string,
  parameters: Row = {},
  bound?: Bound,
): SingleOperation {
  return { method: 'POST', path: messagePath(name, bound), body: parameters };
}

function functionValue(parameter: string, value: unknown): string {
  if (isGuidText(value)) return value;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return literal(value);
  }
  if (value === null || value instanceof Date) return literal(value);
  return jsonText(value, parameter);
}

/** Values travel as aliases, so that none of them can be read as part of the path. */
export function functionOperation(
  name: string,
  parameters: Row = {},
  bound?: Bound,
): SingleOperation {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  const names = given.map(([parameter], index) => `${entitySet(parameter)}=@p${index + 1}`);
  const values = given.map(
    ([parameter, value], index) =>
      `@p${index + 1}=${encodeQuery(functionValue(parameter, value), parameter)}`,
  );
  const query = values.length > 0 ? `?${values.join('&')}` : '';
  return { method: 'GET', path: `${messagePath(name, bound)}(${names.join(',')})${query}` };
}

export function isRow(body: unknown): body is Row {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

/** The object that an answer consists of. */
export function asRow({ status, body }: BatchAnswer): Row {
  if (isRow(body)) return body;
  throw new ServiceError('Dataverse answered without a row.', {
    class: 'unknown',
    status,
    fix: 'Check that the environment URL is that of Dataverse itself and not of a page in front of it.',
  });
}

const GUID_AT_END = /\((?:(\w+)=)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)$/i;

/** After an upsert by alternate key this names the alternate key, which may be a GUID too, and so no ID. */
function idFromHeader(headers: Record<string, string>, primaryId?: string): string | undefined {
  const address = headers['odata-entityid'] ?? headers['location'] ?? '';
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

const CREATED_BY_MODE = { either: undefined, 'create-only': true, 'update-only': false } as const;

export interface WrittenContext {
  primaryId?: string;
  mode?: UpsertOptions['mode'];
}

/** What an answer to a write says. `mode` is `create-only` for a create, `update-only` for an update. */
export function written(answer: BatchAnswer, { primaryId, mode }: WrittenContext = {}): Written {
  const { status, headers } = answer;
  const row = isRow(answer.body) ? answer.body : undefined;
  const byStatus = { 201: true, 200: false }[status];
  const result: Written = {
    id: (row && idFromRow(row, primaryId)) ?? idFromHeader(headers, primaryId),
    created: CREATED_BY_MODE[mode ?? 'either'] ?? byStatus,
  };
  const etag = headers['etag'] ?? row?.['@odata.etag'];
  if (typeof etag === 'string') result.etag = etag;
  if (row) result.row = row;
  return result;
}
