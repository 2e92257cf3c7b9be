import { json, type WebResponse } from '../../odata/http/message';
import { jsonText } from '../../odata/json';
import type { Action } from '../operations/sales/action';
import type { Call } from '../operations/call';
import type { JsonObject } from '../options';
import { contextUrl } from '../query/render';
import { enterSearch } from './gate';
import { SEARCHES } from './operations';
import { searchStatistics, searchStatus } from './status';

/** Searches of the second version as actions and functions of the Web API. They answer a text that holds JSON. */

export function searchResponse(call: Call, name: string, answer: JsonObject): WebResponse {
  const context = contextUrl(call.session, `Microsoft.Dynamics.CRM.${name}Response`);
  return json(200, { '@odata.context': context, response: jsonText(answer) });
}

const TABLES = { search: 'required', entities: 'optional', filter: 'optional' } as const;
const FUZZY = { ...TABLES, fuzzy: 'optional', propertybag: 'optional' } as const;
const LIST = { orderby: 'optional', options: 'optional', top: 'optional' } as const;

const action = (kind: keyof typeof SEARCHES, parameters: Action['parameters']): Action => ({
  parameters,
  run: (call, body) => {
    enterSearch(call.engine, call.session);
    return searchResponse(call, `search${kind}`, SEARCHES[kind](call, body, '2.0'));
  },
});

/** Source: Web API reference, searchquery, searchsuggest and searchautocomplete. */
export const SEARCH_ACTIONS: Readonly<Record<string, Action>> = {
  searchquery: action('query', {
    ...TABLES,
    ...LIST,
    count: 'optional',
    facets: 'optional',
    propertybag: 'optional',
    skip: 'optional',
  }),
  searchsuggest: action('suggest', { ...FUZZY, ...LIST }),
  searchautocomplete: action('autocomplete', FUZZY),
};

export const SEARCH_FUNCTIONS = {
  searchstatistics: (call: Call) =>
    searchResponse(call, 'searchstatistics', searchStatistics(call)),
  searchstatus: (call: Call) => searchResponse(call, 'searchstatus', searchStatus(call)),
} as const;
