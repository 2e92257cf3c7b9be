import { errors } from '../errors';
import { countText, json, type WebResponse } from '../../odata/http/message';
import { runFetch } from '../fetchxml/run';
import type { Segment } from '../../odata/syntax/url';
import { MAX_PAGE_SIZE, matchingRows, queryCollection } from '../query/collection';
import { countChanges, isTracking, trackedChanges } from '../tracking/changes';
import type { Table } from '../schema/model';
import { bulk } from './bulk';
import { count, type Call } from './call';
import { create } from './entity';
import { rowsOfPartition } from './partition';
import { fetchXmlOf } from './predefined';

const trackingApplied = ({ prefer }: Call): Record<string, string> =>
  prefer.applied('odata.track-changes', 'odata.maxpagesize', 'odata.include-annotations');

/** `/accounts` and what may stand behind it. */
export function collection(call: Call, table: Table, rest: readonly Segment[]): WebResponse {
  const { method } = call.request;
  const [next, ...behind] = rest;
  const within = rowsOfPartition(call, table);
  const query = { ...call, table, within, path: table.schema.entitySet };
  if (next?.name === '$count' && behind.length === 0 && method === 'GET') {
    count(call, 'count', table);
    if (call.options.deltaToken !== undefined) return countText(countChanges(query));
    return countText(Math.min(matchingRows(query).length, MAX_PAGE_SIZE));
  }
  if (next) return bulk(call, table, next);
  if (method === 'GET') {
    count(call, 'query', table);
    if (isTracking(query)) return json(200, trackedChanges(query), trackingApplied(call));
    const fetchXml = fetchXmlOf(call, table);
    const applied = call.prefer.applied('odata.maxpagesize', 'odata.include-annotations');
    const body = fetchXml === undefined ? queryCollection(query) : runFetch(query, fetchXml);
    return json(200, body, applied);
  }
  if (method === 'POST') return create(call, table);
  throw errors.methodNotAllowed(
    `The requested resource does not support the method '${method}': name a row, such as ` +
      `${table.schema.entitySet}(<guid>).`,
  );
}
