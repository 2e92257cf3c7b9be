import { z } from 'zod';
import { readEntity, type Json } from '../api/body';
import { childrenOf } from '../api/lookup';
import { invalidInput } from '../api/problems';
import type { Call, Route } from '../api/routes';
import { productOf } from './products';
import { crudRoutes } from './crud';

type Document = Json & { id: number };

/** A resource that keeps what it is given: the long tail of the API, of which an integration reads names. */
interface DocumentResource {
  path: string;
  type: string;
  noun: string;
  /** Checked as an API Platform entity: what is wrong answers 422 with violations. */
  schema: z.ZodTypeAny;
  defaults: Json;
}

const name = z.string().min(1).max(255);
const named = z.object({ name }).passthrough();
const anything = z.object({}).passthrough();

const resource = (
  path: string,
  type: string,
  noun: string,
  schema: z.ZodTypeAny = named,
  defaults: Json = { position: 0 },
): DocumentResource => ({ path, type, noun, schema, defaults });

const coupon = z
  .object({ code: z.string().min(4).max(16), value: z.number().min(0), type: z.enum(['%', '$']) })
  .passthrough();

const COUPON_DEFAULTS: Json = {
  enabled: true,
  value: 0,
  type: '%',
  comment: '',
  uses: 0,
  uses_limit: 0,
  uses_limit_per_user: 0,
  single_use: false,
  date_range_begin: null,
  date_range_end: null,
  total_range_begin: 0,
  total_range_end: 0,
};

const ATTRIBUTE_KINDS = ['text', 'checkbox', 'select', 'hidden'] as const;

const attributes = (prefix: string): DocumentResource[] =>
  ATTRIBUTE_KINDS.map((kind) =>
    resource(`${prefix}/attributes_${kind}`, `Attribute${kind}`, `${kind} attribute`),
  );

const values = (prefix: string): DocumentResource[] =>
  ATTRIBUTE_KINDS.map((kind) =>
    resource(
      `${prefix}/attributes_${kind}/:attribute_id/values`,
      `AttributeValue${kind}`,
      `${kind} attribute value`,
      anything,
      {},
    ),
  );

const PRODUCT = '/products/:product_id';

const RESOURCES: readonly DocumentResource[] = [
  resource('/memberships', 'Membership', 'membership', named, { enabled: true, position: 0 }),
  resource('/tax_classes', 'TaxClass', 'tax class'),
  resource('/product_classes', 'ProductClass', 'product class'),
  resource('/attribute_groups', 'AttributeGroup', 'attribute group'),
  ...attributes(''),
  ...values(''),
  ...attributes(PRODUCT),
  ...values(PRODUCT),
  resource('/coupons', 'Coupon', 'coupon', coupon, COUPON_DEFAULTS),
  resource('/volume_discounts', 'VolumeDiscount', 'volume discount', anything, {}),
  resource('/sale_discounts', 'SaleDiscount', 'sale discount'),
  resource('/product_tags', 'ProductTag', 'product tag'),
  resource(`${PRODUCT}/related_products`, 'RelatedProduct', 'related product', anything, {}),
  resource(`${PRODUCT}/attachments`, 'ProductAttachment', 'product attachment', anything, {}),
  resource(`${PRODUCT}/reviews`, 'ProductReview', 'product review', anything, {}),
  resource('/front_page/featured', 'FeaturedProduct', 'featured product', anything, {}),
];

/** One collection per path with its ids filled in, such as `products/37/reviews`. */
const collectionName = (path: string, call: Call): string =>
  path.slice(1).replace(/:(\w+)/g, (_all, id: string) => String(call.id(id)));

const belowProduct = ({ path }: DocumentResource): boolean => path.startsWith(PRODUCT);

function listed(call: Call, given: DocumentResource): Document[] {
  const documents = (): Document[] => [
    ...call.store.collection(collectionName(given.path, call)).values(),
  ];
  if (!belowProduct(given)) return documents();
  return childrenOf(call, call.store.products.get(call.id('product_id')), documents);
}

function create(call: Call, given: DocumentResource): Document {
  const body = call.body();
  if (belowProduct(given) && !call.store.products.has(call.id('product_id'))) {
    throw invalidInput(`Product with ID ${call.id('product_id')} not found`);
  }
  const fields = readEntity(given.schema, { ...given.defaults, ...body }) as Json;
  const collection = collectionName(given.path, call);
  const document: Document = { ...fields, id: call.store.nextId(collection) };
  call.store.collection(collection).set(document.id, document);
  return document;
}

function update(call: Call, document: Document, given: DocumentResource): void {
  const { id } = document;
  Object.assign(document, readEntity(given.schema, { ...document, ...call.body() }), { id });
}

const routesOf = (given: DocumentResource): Route[] =>
  crudRoutes<Document>({
    path: given.path,
    idName: 'id',
    type: given.type,
    noun: given.noun,
    list: (call) => listed(call, given),
    records: (call) => {
      if (belowProduct(given)) productOf(call);
      return call.store.collection(collectionName(given.path, call));
    },
    show: (document) => document,
    create: (call) => create(call, given),
    update: (call, document) => update(call, document, given),
    remove: (call, document) =>
      call.store.collection(collectionName(given.path, call)).delete(document.id),
  });

export const documentRoutes: readonly Route[] = RESOURCES.flatMap(routesOf);
