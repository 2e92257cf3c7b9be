import { lowerFirst } from 'lodash';
import { isList } from './docs';
import type { Field, Fields, FieldType } from './fields';
import type { Route } from './routes';

/**
 * What API Platform 2.7 tells clients of an API in JSON-LD: the entry point with a link to each list, a context for each
 * type, and the Hydra documentation, which every answer points to in its Link header.
 */

const HYDRA = 'http://www.w3.org/ns/hydra/core#';

export const docsUrl = (origin: string): string => `${origin}/api/docs.jsonld`;

export const documentationLink = (origin: string): string =>
  `<${docsUrl(origin)}>; rel="${HYDRA}apiDocumentation"`;

const RANGES: Readonly<Record<FieldType, string | undefined>> = {
  integer: 'xmls:integer',
  number: 'xmls:decimal',
  boolean: 'xmls:boolean',
  string: 'xmls:string',
  array: 'xmls:array',
  object: undefined,
};

/** Lists that stand below nothing: only these have an address that is known beforehand. */
const entries = (routes: readonly Route[]): Route[] =>
  routes.filter((route) => isList(route) && !route.path.includes(':'));

const nameOf = ({ type }: Route): string => lowerFirst(type);

export function entryPoint(routes: readonly Route[]): object {
  return {
    '@context': '/api/contexts/Entrypoint',
    '@id': '/api',
    '@type': 'Entrypoint',
    ...Object.fromEntries(entries(routes).map((route) => [nameOf(route), `/api${route.path}`])),
  };
}

/** Undefined: there is no such type. */
export function contextOf(
  type: string,
  routes: readonly Route[],
  origin: string,
): object | undefined {
  const base = { '@vocab': `${docsUrl(origin)}#`, hydra: HYDRA };
  if (type === 'Entrypoint') {
    const links = entries(routes).map((route): [string, object] => [
      nameOf(route),
      { '@id': `Entrypoint/${nameOf(route)}`, '@type': '@id' },
    ]);
    return { '@context': { ...base, ...Object.fromEntries(links) } };
  }
  const known = routes.find((route) => route.type === type);
  if (!known) return undefined;
  const names = Object.keys(known.fields ?? {}).map((name) => [name, `${type}/${name}`]);
  return { '@context': { ...base, ...(Object.fromEntries(names) as object) } };
}

const VERBS = { GET: 'Retrieves', POST: 'Creates', PUT: 'Replaces', DELETE: 'Removes' };

function supportedOperation(route: Route): object {
  const { method, type } = route;
  const title = isList(route)
    ? `Retrieves the collection of ${type} resources.`
    : `${VERBS[method]} the ${type} resource.`;
  const takes = method === 'POST' || method === 'PUT';
  const returns = isList(route) ? 'hydra:Collection' : `#${type}`;
  return {
    '@type': ['hydra:Operation'],
    'hydra:method': method,
    'hydra:title': title,
    'rdfs:label': title,
    ...(takes && { expects: `#${type}` }),
    returns: method === 'DELETE' ? 'owl:Nothing' : returns,
  };
}

function supportedProperty(type: string, name: string, field: Field): object {
  const range = RANGES[field.type];
  return {
    '@type': 'hydra:SupportedProperty',
    'hydra:property': {
      '@id': `#${type}/${name}`,
      '@type': 'rdf:Property',
      'rdfs:label': name,
      domain: `#${type}`,
      ...(range && { range }),
    },
    'hydra:title': name,
    'hydra:required': field.isRequired ?? false,
    'hydra:readable': true,
    'hydra:writeable': !field.isReadOnly,
  };
}

function supportedClass(type: string, fields: Fields, items: Route[]): object {
  return {
    '@id': `#${type}`,
    '@type': 'hydra:Class',
    'rdfs:label': type,
    'hydra:title': type,
    'hydra:supportedProperty': Object.entries(fields).map(([name, field]) =>
      supportedProperty(type, name, field),
    ),
    'hydra:supportedOperation': items.map(supportedOperation),
  };
}

function entryProperty(route: Route, routes: readonly Route[]): object {
  const operations = routes.filter(({ path }) => path === route.path);
  return {
    '@type': 'hydra:SupportedProperty',
    'hydra:property': {
      '@id': `#Entrypoint/${nameOf(route)}`,
      '@type': 'hydra:Link',
      domain: '#Entrypoint',
      'rdfs:label': `The collection of ${route.type} resources`,
      'rdfs:range': [
        { '@id': 'hydra:Collection' },
        {
          'owl:equivalentClass': {
            'owl:onProperty': { '@id': 'hydra:member' },
            'owl:allValuesFrom': { '@id': `#${route.type}` },
          },
        },
      ],
      'hydra:supportedOperation': operations.map(supportedOperation),
    },
    'hydra:title': `The collection of ${route.type} resources`,
    'hydra:readable': true,
    'hydra:writeable': false,
  };
}

const VOCABULARY = {
  hydra: HYDRA,
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xmls: 'http://www.w3.org/2001/XMLSchema#',
  owl: 'http://www.w3.org/2002/07/owl#',
  schema: 'http://schema.org/',
  domain: { '@id': 'rdfs:domain', '@type': '@id' },
  range: { '@id': 'rdfs:range', '@type': '@id' },
  subClassOf: { '@id': 'rdfs:subClassOf', '@type': '@id' },
  expects: { '@id': 'hydra:expects', '@type': '@id' },
  returns: { '@id': 'hydra:returns', '@type': '@id' },
};

/** One record alone is what ends in an id; what is done below it is no operation of its class. */
const isItem = ({ path }: Route): boolean => /\/:\w+$/.test(path);

export function hydraDocs(routes: readonly Route[], origin: string): object {
  const types = [...new Set(routes.map(({ type }) => type))];
  const classes = types.map((type) => {
    const own = routes.filter((route) => route.type === type);
    const fields = own.find((route) => route.fields)?.fields ?? {};
    return supportedClass(type, fields, own.filter(isItem));
  });
  return {
    '@context': { '@vocab': `${docsUrl(origin)}#`, ...VOCABULARY },
    '@id': '/api/docs.jsonld',
    '@type': 'hydra:ApiDocumentation',
    'hydra:title': 'X-Cart API',
    'hydra:description': 'The sandbox of X-Cart 5.5',
    'hydra:entrypoint': '/api',
    'hydra:supportedClass': [
      ...classes,
      {
        '@id': '#Entrypoint',
        '@type': 'hydra:Class',
        'hydra:title': 'The API entrypoint',
        'hydra:supportedProperty': entries(routes).map((route) => entryProperty(route, routes)),
        'hydra:supportedOperation': {
          '@type': 'hydra:Operation',
          'hydra:method': 'GET',
          'rdfs:label': 'The API entrypoint.',
          returns: 'Entrypoint',
        },
      },
    ],
  };
}

/** How a list can be narrowed, as its answer in JSON-LD tells (`hydra:search`). */
export function searchOf({ path, filters }: Route): object | undefined {
  if (!filters) return undefined;
  const variables = Object.keys(filters);
  return {
    '@type': 'hydra:IriTemplate',
    'hydra:template': `/api${path}{?${variables.join(',')}}`,
    'hydra:variableRepresentation': 'BasicRepresentation',
    'hydra:mapping': variables.map((variable) => ({
      '@type': 'IriTemplateMapping',
      variable,
      property: filters[variable],
      required: false,
    })),
  };
}
