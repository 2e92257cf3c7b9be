import { validationError } from '../errors';
import { isRow } from './answers';
import { jsonText } from './json';
import { recordPath } from './keys';
import { encodeQuery, entitySet, isGuidText, isLiteral, literal, queryString } from './query';
import type { ODataService } from './service';
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
} from './types';

/** Each function makes one request of a service, to be sent alone (`request`) or in a batch. */

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

/** Without a wish a service may answer 204 and read nothing. */
function representation(
  { words }: ODataService,
  { returning, select, expand }: Returning,
): { query: string; headers: Record<string, string> } {
  const columns = select ?? (returning === true ? undefined : returning);
  const wanted = returning !== undefined || select !== undefined || expand !== undefined;
  return {
    query: wanted ? queryString({ select: columns, expand }, words.column) : '',
    headers: prefer(wanted && 'return=representation'),
  };
}

/** What only a dry run has to know. */
function rehearsedBy({
  primaryId,
  places,
}: Pick<SingleOperation, 'primaryId' | 'places'>): Pick<SingleOperation, 'primaryId' | 'places'> {
  return { ...(primaryId !== undefined && { primaryId }), ...(places && { places }) };
}

export function createOperation(
  service: ODataService,
  set: string,
  row: Row,
  options: CreateOptions = {},
): SingleOperation {
  const { query, headers } = representation(service, options);
  return {
    method: 'POST',
    path: `${entitySet(set, service.words.set)}${query}`,
    body: row,
    headers: { ...headers, ...options.headers },
    repeatable: options.repeatable ?? false,
    creates: true,
    ...rehearsedBy(options),
  };
}

export function getOperation(
  service: ODataService,
  set: string,
  key: RecordKey,
  options: ReadOptions = {},
): SingleOperation {
  return {
    method: 'GET',
    path: `${recordPath(service, set, key)}${queryString(options, service.words.column)}`,
    headers: prefer(annotated(options.annotations)),
  };
}

export function listOperation(
  service: ODataService,
  set: string,
  query: Query = {},
): SingleOperation {
  const { pageSize, annotations } = query;
  return {
    method: 'GET',
    path: `${entitySet(set, service.words.set)}${queryString(query, service.words.column)}`,
    headers: prefer(
      pageSize !== undefined && `odata.maxpagesize=${pageSize}`,
      annotated(annotations),
    ),
  };
}

function heldTo({ upserts }: ODataService, ifMatch: string | undefined): Record<string, string> {
  if (ifMatch !== undefined) return { 'if-match': ifMatch };
  return upserts ? { 'if-match': '*' } : {};
}

/** `If-Match: *`, so that a row that is gone is not made again out of the changed columns alone. */
export function updateOperation(
  service: ODataService,
  set: string,
  key: RecordKey,
  row: Row,
  options: UpdateOptions = {},
): SingleOperation {
  const { query, headers } = representation(service, options);
  return {
    method: 'PATCH',
    path: `${recordPath(service, set, key)}${query}`,
    body: row,
    headers: { ...headers, ...heldTo(service, options.ifMatch), ...options.headers },
    // After a doubtful answer the ETag would no longer match, and the second attempt report a false conflict.
    repeatable: options.repeatable ?? options.ifMatch === undefined,
    ...rehearsedBy(options),
  };
}

const CONDITIONS: Record<NonNullable<UpsertOptions['mode']>, Record<string, string>> = {
  either: {},
  'create-only': { 'if-none-match': '*' },
  'update-only': { 'if-match': '*' },
};

function conditions(
  { upserts, words }: ODataService,
  mode: UpsertOptions['mode'] = 'either',
): Record<string, string> {
  if (upserts || mode === 'update-only') return upserts ? CONDITIONS[mode] : {};
  throw validationError(
    `${words.name} makes no row by its key.`,
    'Look whether the row is there, and create or update it.',
  );
}

export function upsertOperation(
  service: ODataService,
  set: string,
  key: RecordKey,
  row: Row,
  options: UpsertOptions = {},
): SingleOperation {
  const { query, headers } = representation(service, options);
  return {
    method: 'PATCH',
    path: `${recordPath(service, set, key)}${query}`,
    body: row,
    headers: { ...headers, ...conditions(service, options.mode), ...options.headers },
    repeatable: options.repeatable ?? true,
    ...rehearsedBy(options),
  };
}

export function deleteOperation(
  service: ODataService,
  set: string,
  key: RecordKey,
  { ifMatch, headers, ...options }: DeleteOptions = {},
): SingleOperation {
  return {
    method: 'DELETE',
    path: recordPath(service, set, key),
    headers: { ...(ifMatch ? { 'if-match': ifMatch } : {}), ...headers },
    repeatable: ifMatch === undefined,
    ...rehearsedBy(options),
  };
}

export function associateOperation(
  service: ODataService,
  root: string,
  from: Required<Bound>,
  navigation: string,
  to: Required<Bound>,
  single = false,
): SingleOperation {
  return {
    method: single ? 'PUT' : 'POST',
    path: `${recordPath(service, from.set, from.key)}/${entitySet(navigation, service.words.set)}/$ref`,
    body: { '@odata.id': `${root}${recordPath(service, to.set, to.key)}` },
    repeatable: true,
  };
}

export function disassociateOperation(
  service: ODataService,
  root: string,
  from: Required<Bound>,
  navigation: string,
  to?: Required<Bound>,
): SingleOperation {
  const query = to ? `?$id=${encodeQuery(`${root}${recordPath(service, to.set, to.key)}`)}` : '';
  return {
    method: 'DELETE',
    path: `${recordPath(service, from.set, from.key)}/${entitySet(navigation, service.words.set)}/$ref${query}`,
    repeatable: true,
  };
}

/** A bound name needs its namespace (OData 4.0 URL Conventions, 4.5); an unbound one needs none. */
function messagePath(service: ODataService, name: string, bound?: Bound): string {
  if (!/^[A-Za-z_][\w.]*$/.test(name)) {
    throw validationError(
      `"${name.slice(0, 60)}" is not the name of an action or function.`,
      'Use its name alone, such as WhoAmI.',
    );
  }
  if (!bound) return name;
  const target = bound.key
    ? recordPath(service, bound.set, bound.key)
    : entitySet(bound.set, service.words.set);
  return `${target}/${name.includes('.') ? name : `${service.namespace}.${name}`}`;
}

export function actionOperation(
  service: ODataService,
  name: string,
  parameters: Row = {},
  bound?: Bound,
): SingleOperation {
  return { method: 'POST', path: messagePath(service, name, bound), body: parameters };
}

/** A moment with its offset (OData 4.0 ABNF: dateTimeOffsetValue). */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/** Where nobody says its type, text that has the whole form of an ID or of a moment is one. */
function functionValue(parameter: string, value: unknown): string {
  if (isGuidText(value) || (typeof value === 'string' && MOMENT.test(value))) return value;
  if (isLiteral(value)) return literal(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return literal(value);
  }
  if (value === null || value instanceof Date) return literal(value);
  return jsonText(value, parameter);
}

/** Values travel as aliases, so that none of them can be read as part of the path. */
export function functionOperation(
  service: ODataService,
  name: string,
  parameters: Row = {},
  bound?: Bound,
): SingleOperation {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  const names = given.map(
    ([parameter], index) => `${entitySet(parameter, service.words.set)}=@p${index + 1}`,
  );
  const values = given.map(
    ([parameter, value], index) =>
      `@p${index + 1}=${encodeQuery(functionValue(parameter, value), parameter)}`,
  );
  const query = values.length > 0 ? `?${values.join('&')}` : '';
  return {
    method: 'GET',
    path: `${messagePath(service, name, bound)}(${names.join(',')})${query}`,
  };
}

const CREATED_BY_MODE = { either: undefined, 'create-only': true, 'update-only': false } as const;

export interface WrittenContext {
  primaryId?: string;
  mode?: UpsertOptions['mode'];
}

/** What an answer to a write says. `mode` is `create-only` for a create, `update-only` for an update. */
export function written(
  service: ODataService,
  answer: BatchAnswer,
  { primaryId, mode }: WrittenContext = {},
): Written {
  const { status, headers } = answer;
  const row = isRow(answer.body) ? answer.body : undefined;
  const byStatus = { 201: true, 200: false }[status];
  const result: Written = {
    id: service.idOf?.({
      address: headers['odata-entityid'] ?? headers['location'],
      row,
      primaryId,
    }),
    created: CREATED_BY_MODE[mode ?? 'either'] ?? byStatus,
  };
  const etag = headers['etag'] ?? row?.['@odata.etag'];
  if (typeof etag === 'string') result.etag = etag;
  if (row) result.row = row;
  return result;
}
