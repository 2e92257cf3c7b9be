import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';

import { validationError } from '../../errors';
import { throwIfCancelled } from '../../http/wait';
import { foreignAnswer } from '../../odata/answers';
import type { ODataService } from '../../odata/service';
import type { BatchAnswer, ODataClient, Row } from '../../odata/types';
import { entitySet } from './operations';

/** Queries in FetchXML, page by page. Source: Dataverse docs, fetchxml/overview and fetchxml/page-results. */

const ATTRIBUTES = ':@';

/** Whatever stands in the text goes back as it stood: entities are not resolved, sections of CDATA kept, spaces not trimmed. */
const EXACT = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  cdataPropName: '#cdata',
} as const;

const parser = new XMLParser({
  ...EXACT,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
});
const builder = new XMLBuilder(EXACT);

type Node = Record<string, unknown>;

export interface FetchQuery {
  /** Logical name of the table that it reads. */
  table: string;
  /** Of the element `fetch`, as they stand in the text. */
  attributes: Readonly<Record<string, string>>;
  /** Whether it says an order, of its own rows or of those that it links. */
  isOrdered: boolean;
  /** The whole query with these attributes in place of its own. */
  with(attributes: Readonly<Record<string, string>>): string;
}

const FIX =
  'Write one <fetch> with one <entity> in it, such as <fetch><entity name="account"><attribute name="name" /></entity></fetch>. In values write &amp; for & and &lt; for <.';

const nameOf = (node: Node): string | undefined =>
  Object.keys(node).find((key) => key !== ATTRIBUTES);

const elements = (nodes: unknown): Node[] =>
  Array.isArray(nodes)
    ? (nodes as Node[]).filter((node) => !(nameOf(node) ?? '#').startsWith('#'))
    : [];

const hasOrder = (node: Node): boolean => {
  const name = nameOf(node) ?? '';
  return name === 'order' || elements(node[name]).some(hasOrder);
};

function parsed(text: string): Node[] {
  // Nothing is ever expanded, and so nothing is declared.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) {
    throw validationError('The FetchXML declares a document type', FIX);
  }
  const valid = XMLValidator.validate(text);
  if (valid === true) return elements(parser.parse(text));
  const { msg, line, col } = valid.err;
  throw validationError(`The FetchXML is not XML: line ${line}, column ${col}: ${msg}`, FIX);
}

/** @throws a validation error where it is no query of one table */
export function readFetchXml(text: string): FetchQuery {
  const [root, ...more] = parsed(text.trim());
  const entities = elements(root?.['fetch']).filter((node) => nameOf(node) === 'entity');
  const [entity] = entities;
  const { name: table } = (entity?.[ATTRIBUTES] ?? {}) as Record<string, string>;
  if (!root || more.length > 0 || entities.length !== 1 || !table) {
    throw validationError('The FetchXML is no query of one table', FIX);
  }
  return {
    table,
    attributes: (root[ATTRIBUTES] ?? {}) as Record<string, string>,
    isOrdered: hasOrder(root),
    with: (attributes) => String(builder.build([{ ...root, [ATTRIBUTES]: attributes }])),
  };
}

const COOKIE = '@Microsoft.Dynamics.CRM.fetchxmlpagingcookie';
const MORE = '@Microsoft.Dynamics.CRM.morerecords';

const XML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => XML[one] ?? one);

/**
 * The cookie comes encoded twice in an attribute of an element; none where the query is ordered by a linked table.
 *
 * @throws where it cannot be decoded, and so is not the service's own
 */
function cookieIn(service: ODataService, answer: BatchAnswer): string | undefined {
  const annotation = (answer.body as Row)[COOKIE];
  const [, encoded] = /pagingcookie="([^"]*)"/.exec(String(annotation ?? '')) ?? [];
  if (!encoded) return undefined;
  try {
    return escaped(decodeURIComponent(decodeURIComponent(encoded)));
  } catch {
    throw foreignAnswer(service, answer);
  }
}

/** Rows that are merged have no key that a page could begin behind. Source: Dataverse docs, fetchxml/page-results. */
function requireOrder({ attributes: { distinct = '' }, isOrdered }: FetchQuery): void {
  if (isOrdered || !/^(?:true|1)$/i.test(distinct)) return;
  throw validationError(
    'The FetchXML asks for distinct rows without an order, and they do not fit on one page',
    'Add <order attribute="…" /> for each column that it reads: without an order, rows may be left out or come twice from page to page.',
  );
}

export interface FetchOptions {
  /** Formatted values and lookup names beside the values. */
  annotations?: boolean;
  /** Stops after so many rows. */
  limit?: number;
  signal?: AbortSignal;
}

const count = (text: string | undefined): number | undefined => {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : undefined;
};

/**
 * The rows of a query, all pages. A query with `top` or with a `page` of its own is asked as it stands: who names a page
 * wants that one.
 *
 * @param set entity set of the query's table
 */
export async function fetchRows(
  client: ODataClient,
  set: string,
  query: FetchQuery,
  { annotations, limit = Infinity, signal }: FetchOptions = {},
): Promise<Row[]> {
  const { attributes } = query;
  const isWhole = 'top' in attributes || 'page' in attributes;
  const most = Math.min(count(attributes['count']) ?? Infinity, client.service.limits.pageRows);
  const size = Math.min(most, limit);
  const rows: Row[] = [];
  let cookie: string | undefined;
  for (let page = 1; ; page += 1) {
    throwIfCancelled(signal);
    const asked = isWhole
      ? attributes
      : {
          ...attributes,
          page: String(page),
          count: String(size),
          ...(cookie !== undefined && { 'paging-cookie': cookie }),
        };
    const answer = await client.request({
      method: 'GET',
      path: `${entitySet(set)}?fetchXml=${encodeURIComponent(query.with(asked))}`,
      // Without this there is no cookie.
      headers: {
        prefer: annotations
          ? 'odata.include-annotations="*"'
          : `odata.include-annotations="${[COOKIE, MORE].map((name) => name.slice(1)).join(',')}"`,
      },
    });
    const { value, [MORE]: more } = (answer.body ?? {}) as Row;
    if (!Array.isArray(value)) throw foreignAnswer(client.service, answer);
    rows.push(...(value as Row[]));
    if (isWhole || more !== true || rows.length >= limit || value.length === 0) break;
    requireOrder(query);
    cookie = cookieIn(client.service, answer);
  }
  return Number.isFinite(limit) ? rows.slice(0, limit) : rows;
}
