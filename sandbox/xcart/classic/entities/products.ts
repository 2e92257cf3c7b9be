import { productDate } from '../../api/dates';
import type { ProductRecord, ProductView, VariantView } from '../../model';
import { newProduct } from '../../resources/product-defaults';
import {
  type ClassicCall,
  contains,
  defineEntity,
  flagOf,
  numberOf,
  pairOf,
  related,
  textOf,
  unix,
  within,
} from '../entity';
import { type Model, RestError } from '../input';
import { linkId } from './links';

const fields = ({ view }: ProductRecord): object => ({
  product_id: view.id,
  price: view.price,
  sku: view.sku,
  enabled: view.enabled,
  weight: view.weight,
  useSeparateBox: view.separate_box,
  boxWidth: view.width,
  boxLength: view.length,
  boxHeight: view.height,
  itemsPerBox: 1,
  free_shipping: view.free_shipping,
  taxable: view.taxable,
  arrivalDate: unix(view.arrival_date),
  date: unix(view.create_date),
  updateDate: unix(view.update_date),
  inventoryEnabled: view.inventory_traceable,
  amount: view.amount,
  lowLimitAmount: 10,
  metaDescType: view.meta_description_type,
});

const variantFields = (variant: VariantView): object => ({
  id: variant.id,
  price: variant.price,
  defaultPrice: variant.default_price,
  amount: variant.amount,
  defaultAmount: variant.default_amount,
  weight: variant.weight,
  defaultWeight: variant.default_weight,
  sku: variant.sku,
  variant_id: variant.sku,
  defaultValue: variant.default_variant,
});

const translation = ({ view }: ProductRecord): Record<string, unknown> => ({
  name: view.name,
  description: view.description,
  briefDescription: view.brief_description,
  metaTags: view.meta_tags,
  metaDesc: view.meta_description,
  metaTitle: view.meta_title,
  label_id: view.id,
  code: 'en',
});

function relations(product: ProductRecord, { store }: ClassicCall): object {
  const { view, variants } = product;
  const categories = [...store.categories.values()].filter(({ products }) => products.has(view.id));
  return {
    variants: [...variants.values()].map(variantFields),
    variantsAttributes: [],
    categoryProducts: categories.map((category) => ({
      id: linkId(category.view.id, view.id),
      orderby: 0,
    })),
    images: view.images.map(({ id, alt, width, height }) => ({ id, alt, width, height })),
    productClass: view.product_class,
    taxClass: view.tax_class,
    memberships: [],
    cleanURLs: [{ id: view.id, cleanURL: `${view.clean_url}.html` }],
    translations: [translation(product)],
  };
}

/** What the model calls each field of the product. */
const WRITTEN: Readonly<Record<string, [keyof ProductView, (value: unknown) => unknown]>> = {
  sku: ['sku', textOf],
  price: ['price', numberOf],
  enabled: ['enabled', flagOf],
  weight: ['weight', numberOf],
  useSeparateBox: ['separate_box', flagOf],
  boxWidth: ['width', numberOf],
  boxLength: ['length', numberOf],
  boxHeight: ['height', numberOf],
  free_shipping: ['free_shipping', flagOf],
  taxable: ['taxable', flagOf],
  inventoryEnabled: ['inventory_traceable', flagOf],
  amount: ['amount', numberOf],
  arrivalDate: ['arrival_date', (value) => productDate(new Date(numberOf(value) * 1000))],
};

const TRANSLATED: Readonly<Record<string, keyof ProductView>> = {
  name: 'name',
  description: 'description',
  briefDescription: 'brief_description',
  metaTags: 'meta_tags',
  metaDesc: 'meta_description',
  metaTitle: 'meta_title',
};

/** The texts of the model, by the language `en`: the only one that this store has. */
function translated(model: Model): Partial<ProductView> {
  const { translations = {} } = model;
  const all = Object.values(translations as Record<string, Model>);
  const own = all.find(({ code = 'en' }) => code === 'en') ?? {};
  return Object.fromEntries(
    Object.entries(TRANSLATED).flatMap(([from, to]) =>
      own[from] === undefined ? [] : [[to, textOf(own[from])]],
    ),
  );
}

/** A field that the model does not have is passed over. */
function changes(model: Model): Partial<ProductView> {
  const plain = Object.entries(WRITTEN).flatMap(([from, [to, read]]) =>
    model[from] === undefined ? [] : [[to, read(model[from])]],
  );
  return { ...(Object.fromEntries(plain) as Partial<ProductView>), ...translated(model) };
}

/** The database keeps SKUs apart; its own words come through. */
function checkSku({ store }: ClassicCall, sku: string, own?: string | null): void {
  if (sku === '' || sku === own || store.productBySku(sku) === undefined) return;
  throw new RestError(`Integrity constraint violation: Duplicate entry '${sku}' for key 'sku'`);
}

function writeVariants(product: ProductRecord, model: Model, call: ClassicCall): void {
  const { variants = {} } = model;
  for (const given of Object.values(variants as Record<string, Model>)) {
    const variant = product.variants.get(numberOf(given.id));
    if (variant) writeVariant(product, variant, given, call);
  }
}

export const productEntity = defineEntity<ProductRecord>({
  all: ({ store }) => [...store.products.values()],
  idOf: ({ view }) => view.id,
  fields,
  relations,
  complex: ({ view }, { store }) => ({
    sku: view.sku,
    productId: view.id,
    name: view.name,
    description: view.description,
    shortDescription: view.brief_description,
    price: view.price,
    weight: view.weight,
    quantity: view.amount,
    releaseDate: view.arrival_date,
    image: view.images.map(({ url }) => url),
    URL: `https://shop.example/${view.clean_url}`,
    enabled: view.enabled,
    freeShipping: view.free_shipping,
    categories: [...store.categories.values()]
      .filter(({ products }) => products.has(view.id))
      .map((category) => category.view.name),
    memberships: [],
    translations: {
      en: {
        name: view.name,
        description: view.description,
        shortDescription: view.brief_description,
      },
    },
  }),
  conditions: {
    price: (value) => {
      const inside = within(value);
      return ({ view }) => inside(view.price);
    },
    inventory: (value) => {
      const wanted = pairOf(value)[0];
      return ({ view: { amount } }) =>
        ({ low: amount <= 10, out: amount <= 0, in: amount > 0 })[wanted] ?? true;
    },
    SKU: (value) => {
      const fits = contains(value);
      return ({ view }) => fits(view.sku);
    },
  },
  sorts: {
    'p.product_id': ({ view }) => view.id,
    'translations.name': ({ view }) => view.name,
    'p.price': ({ view }) => view.price,
    'p.sku': ({ view }) => view.sku,
    'p.updateDate': ({ view }) => unix(view.update_date),
    'p.arrivalDate': ({ view }) => unix(view.arrival_date),
  },
  create: (model, call) => {
    const given = changes(model);
    checkSku(call, given.sku ?? '');
    const record = newProduct(
      call.store,
      { sku: given.sku ?? '', name: given.name ?? '', amount: 0 },
      call.now,
    );
    Object.assign(record.view, given);
    call.store.addProduct(record);
    call.store.recordWritten('created', record);
    return record;
  },
  update: (product, model, call) => {
    const given = changes(model);
    checkSku(call, given.sku ?? '', product.view.sku);
    call.store.releaseSku(product.view.sku);
    Object.assign(product.view, given, { update_date: productDate(call.now) });
    call.store.claimSku(product.view.sku, product);
    writeVariants(product, model, call);
    call.store.recordWritten('updated', product);
  },
  remove: (product, { store }) => store.removeProduct(product),
});

interface OwnedVariant {
  product: ProductRecord;
  variant: VariantView;
}

const VARIANT: Readonly<Record<string, [keyof VariantView, (value: unknown) => unknown]>> = {
  price: ['price', numberOf],
  defaultPrice: ['default_price', flagOf],
  amount: ['amount', numberOf],
  defaultAmount: ['default_amount', flagOf],
  weight: ['weight', numberOf],
  defaultWeight: ['default_weight', flagOf],
  defaultValue: ['default_variant', flagOf],
  sku: ['sku', (value) => textOf(value) || null],
};

function writeVariant(
  product: ProductRecord,
  variant: VariantView,
  model: Model,
  call: ClassicCall,
): void {
  if (model.sku !== undefined) checkSku(call, textOf(model.sku), variant.sku);
  call.store.releaseSku(variant.sku);
  for (const [from, [to, read]] of Object.entries(VARIANT))
    if (model[from] !== undefined) Object.assign(variant, { [to]: read(model[from]) });
  if (variant.sku !== null) call.store.claimSku(variant.sku, product);
}

/** Module XC\ProductVariants: `xc-productvariants-productvariant`. */
export const variantEntity = defineEntity<OwnedVariant>({
  all: ({ store }) =>
    [...store.products.values()].flatMap((product) =>
      [...product.variants.values()].map((variant) => ({ product, variant })),
    ),
  idOf: ({ variant }) => variant.id,
  fields: ({ variant }) => variantFields(variant),
  relations: ({ product, variant }) => ({
    product: fields(product),
    attributeValueC: [],
    attributeValueS: variant.attribute_select_values.map((id) => ({ id })),
  }),
  conditions: {
    product:
      (value) =>
      ({ product }) =>
        String(product.view.id) === textOf(value),
  },
  create: (model, call) => {
    const product = related(model, 'product', 'product_id', call.store.products);
    const variant: VariantView = {
      id: call.store.nextId('variant'),
      price: 0,
      default_price: true,
      amount: 0,
      default_amount: true,
      weight: 0,
      default_weight: true,
      default_variant: false,
      sku: null,
      image: null,
      attribute_checkbox_values: [],
      attribute_select_values: [],
    };
    writeVariant(product, variant, model, call);
    call.store.addVariant(product, variant);
    return { product, variant };
  },
  update: ({ product, variant }, model, call) => writeVariant(product, variant, model, call),
  remove: ({ product, variant }, { store }) => store.removeVariant(product, variant),
});
