import type { Deployment, Page } from '../deployments/types';
import { ID_FIELDS, type Document, type Resource } from '../model';
import type { ClarityStore } from '../store';
import { badRequest } from './refusals';

export type Query = Readonly<Record<string, unknown>>;

function wholeNumber(query: Query, name: string, fallback: number): number {
  const given = query[name];
  if (given === undefined) return fallback;
  if (typeof given !== 'string' || !/^[1-9]\d{0,8}$/.test(given)) {
    throw badRequest(`"${name}" has to be a whole number from 1.`);
  }
  return Number(given);
}

/** ISO 8601; a time without a zone is read as UTC, because nothing says which it would be. */
function momentOf(query: Query, name: string): number | undefined {
  const given = name === '' ? undefined : query[name];
  if (given === undefined) return undefined;
  const zoned =
    typeof given === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(given) ? `${given}Z` : given;
  const moment = typeof zoned === 'string' ? Date.parse(zoned) : NaN;
  if (Number.isNaN(moment)) throw badRequest(`"${name}" has to be a date in ISO 8601.`);
  return moment;
}

function since(store: ClarityStore, moment: number | undefined): (document: Document) => boolean {
  if (moment === undefined) return () => true;
  const { modifiedSinceInclusive } = store.switches;
  return ({ modifiedDate }) => {
    const modified = Date.parse(modifiedDate);
    return modifiedSinceInclusive ? modified >= moment : modified > moment;
  };
}

function sorted(store: ClarityStore, resource: Resource, documents: Document[]): Document[] {
  const idField = ID_FIELDS[resource];
  const byId = (one: Document, other: Document): number =>
    Number(one[idField]) - Number(other[idField]);
  if (store.switches.listOrder === 'id') return documents.sort(byId);
  return documents.sort(
    (one, other) =>
      Date.parse(one.modifiedDate) - Date.parse(other.modifiedDate) || byId(one, other),
  );
}

/** One page of any list, cut out of all rows. */
export function pageOf<Row extends object>(
  rows: readonly Row[],
  store: ClarityStore,
  deployment: Deployment,
  query: Query,
): Page<Row> {
  const names = deployment.query(store.switches);
  const page = wholeNumber(query, names.page, 1);
  const asked = wholeNumber(query, names.size, deployment.pageSize);
  const size = Math.min(asked, store.switches.largestPage);
  return { rows: rows.slice((page - 1) * size, page * size), page, size, total: rows.length };
}

/** One page of a resource, by what the query asks for. */
export function listOf(
  store: ClarityStore,
  deployment: Deployment,
  resource: Resource,
  query: Query,
): Page {
  const { switches } = store;
  const wanted = since(store, momentOf(query, deployment.query(switches).since));
  const documents = sorted(store, resource, store.all(resource).filter(wanted));
  const page = pageOf(documents, store, deployment, query);
  return { ...page, rows: page.rows.map((each) => deployment.show(resource, each, switches)) };
}
