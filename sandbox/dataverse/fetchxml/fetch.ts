import { DataverseError, errors } from '../errors';
import { parseXml, type Element } from './xml';

/** A FetchXML query, read. Source: Dataverse docs, fetchxml/overview. */
export interface Fetch {
  entity: Source;
  top?: number;
  /** Rows of a page; undefined when the query does not page. */
  count?: number;
  page: number;
  pagingCookie?: string;
  distinct: boolean;
  totalRecordCount: boolean;
  /** Whether the answer is about groups of rows. */
  aggregate: boolean;
  aggregateLimit?: number;
}

/** The table of the query, or one that is joined to it. */
export interface Source {
  table: string;
  /** Empty for the table of the query itself. */
  alias: string;
  attributes: readonly Attribute[];
  allAttributes: boolean;
  orders: readonly Order[];
  filters: readonly Filter[];
  links: readonly Link[];
}

export interface Attribute {
  name: string;
  alias?: string;
  /** Name of the function, such as `sum`; only in an aggregate query, like those below. */
  aggregate?: string;
  groupBy?: boolean;
  dateGrouping?: string;
  distinct?: boolean;
}

export interface Order {
  /** Empty in an aggregate query, which orders by alias. */
  attribute: string;
  alias?: string;
  descending: boolean;
}

export interface Filter {
  or: boolean;
  conditions: readonly Condition[];
  filters: readonly Filter[];
}

export interface Condition {
  attribute: string;
  operator: string;
  values: readonly string[];
  /** Alias of the joined table that the column is in. */
  entityName?: string;
}

/** A join: `from` is a column of the joined table, `to` one of the table around it. */
export interface Link extends Source {
  from: string;
  to: string;
  outer: boolean;
}

const invalid = (problem: string): Error => errors.query(`Invalid FetchXML: ${problem}`);

const notServed = (what: string): Error => new DataverseError(501, '', `${what} is not served.`);

function required({ name, attributes }: Element, attribute: string): string {
  const value = attributes[attribute];
  if (value === undefined || value === '')
    throw invalid(`<${name}> needs the attribute '${attribute}'.`);
  return value;
}

const isTrue = (text: string | undefined): boolean => text === 'true' || text === '1';

function wholeNumber({ attributes }: Element, name: string): number | undefined {
  const text = attributes[name];
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw invalid(`'${name}' must be a whole number, not '${text}'.`);
  return Number(text);
}

const named = (parent: Element, name: string): Element[] =>
  parent.children.filter((child) => child.name === name);

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  fetch: ['entity'],
  entity: ['attribute', 'all-attributes', 'order', 'filter', 'link-entity'],
  'link-entity': ['attribute', 'all-attributes', 'order', 'filter', 'link-entity'],
  filter: ['condition', 'filter'],
  condition: ['value'],
};

/** A misspelt element would otherwise be a query for something else. */
function checkNames(element: Element): void {
  for (const child of element.children) {
    if (!(KNOWN[element.name] ?? []).includes(child.name)) {
      throw invalid(`<${child.name}> is not allowed in <${element.name}>.`);
    }
    checkNames(child);
  }
}

const readAttribute = (element: Element): Attribute => ({
  name: required(element, 'name'),
  alias: element.attributes.alias,
  aggregate: element.attributes.aggregate,
  groupBy: isTrue(element.attributes.groupby),
  dateGrouping: element.attributes.dategrouping,
  distinct: isTrue(element.attributes.distinct),
});

const readOrder = (element: Element): Order => {
  const { alias, descending } = element.attributes;
  return {
    attribute: alias === undefined ? required(element, 'attribute') : '',
    alias,
    descending: isTrue(descending),
  };
};

function readCondition(element: Element): Condition {
  const { value, entityname } = element.attributes;
  const inner = named(element, 'value').map(({ text }) => text);
  return {
    attribute: required(element, 'attribute'),
    operator: required(element, 'operator'),
    values: value === undefined ? inner : [value],
    entityName: entityname,
  };
}

const readFilter = (element: Element): Filter => ({
  or: element.attributes.type === 'or',
  conditions: named(element, 'condition').map(readCondition),
  filters: named(element, 'filter').map(readFilter),
});

/** Joined tables without an alias are numbered, as the service does. */
type Numbering = Map<string, number>;

function readSource(element: Element, alias: string, numbering: Numbering): Source {
  return {
    table: required(element, 'name'),
    alias,
    attributes: named(element, 'attribute').map(readAttribute),
    allAttributes: named(element, 'all-attributes').length > 0,
    orders: named(element, 'order').map(readOrder),
    filters: named(element, 'filter').map(readFilter),
    links: named(element, 'link-entity').map((link) => readLink(link, numbering)),
  };
}

function readLink(element: Element, numbering: Numbering): Link {
  const type = element.attributes['link-type'] ?? 'inner';
  if (type !== 'inner' && type !== 'outer') throw notServed(`The link type '${type}'`);
  const table = required(element, 'name');
  const number = (numbering.get(table) ?? 0) + 1;
  numbering.set(table, number);
  const alias = element.attributes.alias ?? `${table}${number}`;
  return {
    ...readSource(element, alias, numbering),
    from: required(element, 'from'),
    to: required(element, 'to'),
    outer: type === 'outer',
  };
}

export function readFetch(xml: string): Fetch {
  const root = parseXml(xml);
  if (root.name !== 'fetch') throw invalid(`the root must be <fetch>, not <${root.name}>.`);
  checkNames(root);
  const [entity, ...others] = named(root, 'entity');
  if (!entity || others.length > 0) throw invalid('<fetch> needs exactly one <entity>.');
  const top = wholeNumber(root, 'top');
  const { page, count, 'paging-cookie': pagingCookie } = root.attributes;
  if (top !== undefined && [page, count, pagingCookie].some((given) => given !== undefined)) {
    throw invalid("'top' cannot stand beside 'page', 'count' or 'paging-cookie'.");
  }
  return {
    entity: readSource(entity, '', new Map()),
    top,
    count: wholeNumber(root, 'count'),
    page: Math.max(1, wholeNumber(root, 'page') ?? 1),
    pagingCookie: pagingCookie === '' ? undefined : pagingCookie,
    distinct: isTrue(root.attributes.distinct),
    totalRecordCount: isTrue(root.attributes.returntotalrecordcount),
    aggregate: isTrue(root.attributes.aggregate),
    aggregateLimit: wholeNumber(root, 'aggregatelimit'),
  };
}
