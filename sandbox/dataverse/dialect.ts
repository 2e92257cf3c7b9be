import { ODataError } from '../odata/errors';
import type { Expression } from '../odata/syntax/expression';
import type { Grammar } from '../odata/syntax/grammar';
import * as odata from '../odata/syntax/parser';
import * as options from '../odata/syntax/query-options';
import * as url from '../odata/syntax/url';

/** OData as the Dataverse Web API speaks it. Source: Dataverse docs, webapi/query and use-microsoft-dataverse-web-api. */

const GRAMMAR: Grammar = {
  root: /^(?:https?:\/\/[^/]+)?\/?api\/data\/v\d+\.\d+\/?/i,
  options: new Set([
    '$select',
    '$filter',
    '$orderby',
    '$expand',
    '$top',
    '$count',
    '$apply',
    '$skiptoken',
    '$deltatoken',
    '$id',
  ]),
  notInExpand: new Set(['$count', '$skiptoken', '$deltatoken', '$apply']),
  functions: new Set(['contains', 'startswith', 'endswith']),
  namespace: 'Microsoft.Dynamics.CRM.',
};

/** A key is a GUID, or the named columns of an alternate key. */
export type KeyPredicate =
  { kind: 'id'; id: string } | Extract<url.KeyPredicate, { kind: 'named' }>;

export function parseKey(inner: string, aliases: odata.Aliases): KeyPredicate {
  const predicate = url.parseKey(inner, aliases);
  if (predicate.kind === 'named') return predicate;
  const { type, value } = predicate.value;
  if (type === 'guid') return { kind: 'id', id: String(value) };
  throw new ODataError(`Bad Request - Error in query syntax: '${inner}' is not a GUID.`);
}

export const parseFilter = (source: string, aliases?: odata.Aliases): Expression =>
  odata.parseFilter(source, GRAMMAR, aliases);

export const parseQuery = (query: string): options.QueryOptions =>
  options.parseQuery(query, GRAMMAR);

export const splitUrl = (address: string): { path: string; query: string } =>
  url.splitUrl(address, GRAMMAR);
