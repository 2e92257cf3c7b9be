import { z } from 'zod';
import { int, type Json } from '../api/body';
import { badRequest, notFound } from '../api/problems';
import type { Call, Method, Route } from '../api/routes';
import {
  changeDocument,
  collectionName,
  createDocument,
  documentRoutes,
  documentsOf,
  type DocumentTable,
  shownDocument,
} from './documents';

/**
 * Attributes are of the whole store, of a class of products or of one product; each kind has a path of its own. Their
 * values stand below products alone (X-Cart 5.5, annotations of `Model/Attribute` and `Model/AttributeValue`).
 */

const position = int().default(0);
const name = z.string().min(1).max(255).default('');
const word = z.string().min(1).max(255).default('');

const KIND_WORDS = { text: 'Text', checkbox: 'Checkbox', select: 'Select', hidden: 'Hidden' };
type Kind = keyof typeof KIND_WORDS;

const PLACES: ReadonlyArray<{ prefix: string; kinds: readonly Kind[]; isProduct?: true }> = [
  { prefix: '', kinds: ['text', 'checkbox', 'select', 'hidden'] },
  { prefix: '/product_classes/:class_id', kinds: ['text', 'checkbox', 'select'] },
  { prefix: '/products/:product_id', kinds: ['text', 'checkbox', 'select'], isProduct: true },
];

const GROUPS = ['', '/product_classes/:class_id'].map((prefix): DocumentTable => ({
  path: `${prefix}/attribute_groups`,
  type: 'AttributeGroup',
  noun: 'attribute group',
  ids: 'attributeGroup',
  input: z.object({ position, name }),
}));

function attributeTable(prefix: string, kind: Kind, isProduct = false): DocumentTable {
  const display = z.enum(['S', 'B']).default('S');
  return {
    path: `${prefix}/attributes_${kind}`,
    type: `Attribute${KIND_WORDS[kind]}`,
    noun: `${kind} attribute`,
    ids: 'attribute',
    input: z.object({
      ...(isProduct ? {} : { groupId: int().min(0).nullable().default(null) }),
      position,
      name,
      ...(kind === 'select' ? { displayMode: display } : {}),
    }),
    // The store shows a way to display for every kind that is not a product's own.
    show: (_call, fields) => (isProduct ? fields : { displayMode: 'S', ...fields }),
  };
}

const optionTable = (prefix: string, kind: 'select' | 'hidden'): DocumentTable => ({
  path: `${prefix}/attributes_${kind}/:attribute_id/options`,
  type: `AttributeOption${KIND_WORDS[kind]}`,
  noun: `${kind} attribute option`,
  ids: 'attributeOption',
  input: z.object({ position, value: word }),
});

/** The option with this id, wherever its attribute stands. */
function optionOf(call: Call, kind: Kind, id: unknown): Json | undefined {
  const path = new RegExp(`(^|/)attributes_${kind}/${call.id('attribute_id')}/options$`);
  const options = call.store.collectionsLike(path).find((each) => each.has(Number(id)));
  return options?.get(Number(id));
}

function checkOption(kind: Kind): NonNullable<DocumentTable['check']> {
  return (call, { option_id: id }) => {
    if (optionOf(call, kind, id) === undefined) {
      throw badRequest(`Attribute option with ID ${Number(id)} not found`);
    }
  };
}

function showOption(kind: Kind): NonNullable<DocumentTable['show']> {
  return (call, { option_id: id, ...fields }) => ({ option: optionOf(call, kind, id), ...fields });
}

const change = z.enum(['absolute', 'percent']).default('percent');
const MODIFIERS = {
  price_modifier: z.number().default(0),
  price_modifier_type: change,
  weight_modifier: z.number().default(0),
  weight_modifier_type: change,
  is_default: z.boolean().default(false),
};

const VALUES: Readonly<Record<Kind, z.ZodRawShape>> = {
  text: { value: z.string().default(''), editable: z.boolean().default(false) },
  checkbox: { value: z.boolean().default(false), ...MODIFIERS },
  select: { option_id: int().min(1), position, ...MODIFIERS },
  hidden: { option_id: int().min(1) },
};

function valueTable(kind: Kind): DocumentTable {
  const hasOptions = kind === 'select' || kind === 'hidden';
  return {
    path: `/products/:product_id/attributes_${kind}/:attribute_id/values`,
    type: `AttributeValue${KIND_WORDS[kind]}`,
    noun: `${kind} attribute value`,
    ids: `attributeValue${KIND_WORDS[kind]}`,
    input: z.object(VALUES[kind]),
    unpaged: true,
    ...(hasOptions && { check: checkOption(kind), show: showOption(kind) }),
  };
}

/** Of a text or hidden attribute a product has one value at most: it stands where others have their list. */
function singleRoutes(table: DocumentTable): Route[] {
  const one = (call: Call) => documentsOf(call, table)[0];
  const known = (call: Call) => one(call) ?? missing();
  const missing = (): never => {
    throw notFound();
  };
  const route = (method: Method, verb: string, handle: Route['handle']): Route => {
    const { path, type, noun } = table;
    return { method, path, type, operation: `${verb} ${noun}`, handle };
  };
  return [
    route('GET', 'read', (call) => shownDocument(call, table, known(call))),
    route('POST', 'create', (call) => {
      if (one(call)) throw badRequest('The attribute has a value already');
      return shownDocument(call, table, createDocument(call, table));
    }),
    route('PUT', 'update', (call) => {
      const document = known(call);
      changeDocument(call, table, document);
      return shownDocument(call, table, document);
    }),
    route('DELETE', 'delete', (call) => {
      const { id } = known(call);
      call.store.collection(collectionName(table.path, call)).delete(id);
      return undefined;
    }),
  ];
}

export const attributeRoutes: readonly Route[] = [
  ...GROUPS.flatMap(documentRoutes),
  ...PLACES.flatMap(({ prefix, kinds, isProduct }) =>
    kinds.flatMap((kind) => documentRoutes(attributeTable(prefix, kind, isProduct))),
  ),
  ...PLACES.flatMap(({ prefix }) => documentRoutes(optionTable(prefix, 'select'))),
  ...documentRoutes(optionTable('', 'hidden')),
  ...(['checkbox', 'select'] as const).flatMap((kind) => documentRoutes(valueTable(kind))),
  ...(['text', 'hidden'] as const).flatMap((kind) => singleRoutes(valueTable(kind))),
];
