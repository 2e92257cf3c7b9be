import { json, type WebResponse } from '../../odata/http/message';
import { errors } from '../errors';
import { bodyOf, type Call } from '../operations/call';
import { SEARCH_FUNCTIONS, searchResponse } from './actions';
import { enterSearch } from './gate';
import { isSearch, SEARCHES } from './operations';
import type { SearchVersion } from './request';

/** `/api/search/v2.0/query` and its like, which stand beside the Web API. Source: Dataverse docs, search/overview and legacy. */
export const SEARCH_PATH = /^\/api\/search\/v([12]\.0)\/(\w+)\/?(?:\?|$)/i;

export function searchEndpoint(call: Call): WebResponse {
  const { method, url } = call.request;
  const [, version, given = ''] = SEARCH_PATH.exec(url) ?? [];
  const name = given.toLowerCase();
  const isV2 = version === '2.0';
  if (isV2 && method === 'GET' && (name === 'statistics' || name === 'status')) {
    return SEARCH_FUNCTIONS[`search${name}`](call);
  }
  if (!isSearch(name) || method !== 'POST') throw errors.noSegment(given);
  call.engine.context.counters.operation('dataverse', `search ${name}`);
  enterSearch(call.engine, call.session);
  const answer = SEARCHES[name](call, bodyOf(call), version as SearchVersion);
  return isV2 ? searchResponse(call, `search${name}`, answer) : json(200, answer);
}
