import { errors } from '../errors';
import { contextColumns } from '../../odata/query/collection';
import { MAX_PAGE_SIZE, type CollectionQuery } from '../query/collection';
import { contextUrl, renderRow, shownColumns } from '../query/render';
import type { JsonObject } from '../options';
import { privilegeName, requirePrivilege } from '../security/privileges';
import type { Row } from '../store/row';
import { encodeToken, readToken, refuseExpired, type DeltaToken } from './token';

/** Change tracking. Source: Dataverse docs, use-change-tracking-synchronize-data-external-systems. */

/** One entry of a delta: a row as it is now, or the id of a deleted one. */
type Change = { version: number } & ({ row: Row } | { deleted: string });

/** Where a page of a longer answer goes on; the whole answer ends at the version of its first page. */
interface Position {
  page: number;
  until: DeltaToken;
  after?: { version: number; deleted: boolean };
}

/** Whether a request asks for changes, at the beginning or later. */
export const isTracking = ({ prefer, options }: CollectionQuery): boolean =>
  prefer.trackChanges ||
  options.deltaToken !== undefined ||
  (options.skipToken !== undefined && COOKIE.test(options.skipToken));

export function trackedChanges(query: CollectionQuery): JsonObject {
  const { session, table, options, prefer } = query;
  const { changes, position } = changesOf(query);
  const { noChanges } = query.engine.switches;
  const isDelta = options.deltaToken !== undefined;
  if (noChanges === 'empty' && isDelta && changes.length === 0) return {};
  const size = Math.min(prefer.maxPageSize ?? MAX_PAGE_SIZE, MAX_PAGE_SIZE);
  const rest = position.after ? changes.filter(isBehind(position.after)) : changes;
  const shown = rest.slice(0, size);
  const fragment = `${table.schema.entitySet}${contextColumns(options)}`;
  const delta = isDelta ? '/$delta' : '';
  return {
    '@odata.context': contextUrl(session, fragment + delta),
    ...links(query, position, rest.length > size ? shown.at(-1) : undefined),
    value: rendered(query, shown),
  };
}

/** `/accounts/$count?$deltatoken=…`: how much has changed. */
export const countChanges = (query: CollectionQuery): number => changesOf(query).changes.length;

function changesOf(query: CollectionQuery): { changes: Change[]; position: Position } {
  const { engine, table, options } = query;
  refuseOptions(query);
  const { database, switches } = engine;
  const now = engine.context.now();
  const since = options.deltaToken === undefined ? undefined : readToken(options.deltaToken);
  if (since) refuseExpired(since, now, expiryDays(query), switches.expiredTokenStatus);
  const position = positionOf(query, { version: database.version, at: now.getTime() });
  const from = since?.version ?? 0;
  const inside = (version: number): boolean => version > from && version <= position.until.version;
  const rows = [...database.store(table.name).rows.values()]
    .map((row) => ({ version: Number(row.versionnumber), row }))
    .filter(({ version }) => inside(version));
  // A client that has nothing yet has nothing to delete.
  const graves = since ? [...database.deleted(table.name)] : [];
  const deleted = graves
    .map(([id, version]) => ({ version, deleted: id }))
    .filter(({ version }) => inside(version));
  const byVersion = (left: Change, right: Change): number => left.version - right.version;
  return { changes: [...rows.sort(byVersion), ...deleted.sort(byVersion)], position };
}

function refuseOptions({ engine, session, table, options }: CollectionQuery): void {
  const { untrackedTableStatus } = engine.switches;
  if (table.schema.changeTracking === false) {
    throw errors.notTracked(untrackedTableStatus, table.name);
  }
  // Documented: changes are for who may read the rows of the whole organization.
  requirePrivilege(engine, session, privilegeName(table, 'Read'), 'Global');
  const used = {
    filter: options.filter !== undefined,
    orderby: options.orderBy.length > 0,
    expand: options.expand.length > 0,
    top: options.top !== undefined,
  };
  const [name] = Object.entries(used).find(([, isUsed]) => isUsed) ?? [];
  if (name === undefined) return;
  throw errors.query(
    `The "$${name}" query parameter isn't supported when Change Tracking is enabled.`,
  );
}

function expiryDays({ engine }: CollectionQuery): number {
  const [organization] = engine.database.store('organization').rows.values();
  return Number(organization?.expirechangetrackingindays ?? 7);
}

const isDeleted = (change: Change): boolean => 'deleted' in change;

/** Changed rows come first, deleted ones last, each by version. */
const isBehind =
  (last: { version: number; deleted: boolean }) =>
  (change: Change): boolean =>
    isDeleted(change) === last.deleted ? change.version > last.version : isDeleted(change);

const COOKIE =
  /pagenumber="(\d+)" until="(\d+)" at="(\d+)" last="(row|deleted):(\d+)" istracking="True"/;

function positionOf({ options }: CollectionQuery, newest: DeltaToken): Position {
  const found = options.skipToken === undefined ? null : COOKIE.exec(options.skipToken);
  if (!found) return { page: 1, until: newest };
  const [, page, version, at, kind, last] = found;
  return {
    page: Number(page),
    until: { version: Number(version), at: Number(at) },
    after: { version: Number(last), deleted: kind === 'deleted' },
  };
}

/** The link of a page with one more option, in place of those options that have done their part. */
function linkWith({ session, options, path }: CollectionQuery, option: string, done: string[]) {
  const kept = options.raw
    .filter(([name]) => !done.includes(name))
    .map(([name, value]) => `${name}=${value}`);
  return `${session.base}${path}?${[...kept, option].join('&')}`;
}

/** A next link while there is more; whether a delta link stands on such a page too, a switch says. */
function links(
  query: CollectionQuery,
  { page, until }: Position,
  last: Change | undefined,
): JsonObject {
  const token = `$deltatoken=${encodeToken(until)}`;
  const deltaLink = {
    '@odata.deltaLink': linkWith(query, token, ['$skiptoken', '$deltatoken']),
  };
  if (!last) return deltaLink;
  const kind = isDeleted(last) ? 'deleted' : 'row';
  const cookie =
    `<cookie pagenumber="${page + 1}" until="${until.version}" at="${until.at}" ` +
    `last="${kind}:${last.version}" istracking="True" />`;
  const next = `$skiptoken=${encodeURIComponent(cookie)}`;
  return {
    ...(query.engine.switches.deltaLinks === 'every' ? deltaLink : {}),
    '@odata.nextLink': linkWith(query, next, ['$skiptoken']),
  };
}

function rendered(
  { engine, session, table, options, prefer }: CollectionQuery,
  changes: readonly Change[],
): JsonObject[] {
  const columns = shownColumns(table, options.select);
  const context = contextUrl(session, `${table.schema.entitySet}/$deletedEntity`);
  return changes.map((change) =>
    'row' in change
      ? renderRow(engine, change.row, columns, prefer.wantsAnnotation)
      : { '@odata.context': context, id: change.deleted, reason: 'deleted' },
  );
}
