import { z } from 'zod';
import { int, readInput } from '../api/body';
import { recordFields } from '../api/fields';
import { childrenOf } from '../api/lookup';
import { badRequest } from '../api/problems';
import type { Call, Route } from '../api/routes';
import type { ProductRecord, VariantView } from '../model';
import { crudRoutes } from './crud';
import { pictureInput, pictureUrl } from './images';
import { productOf } from './products';

const input = z.object({
  price: z.number().min(0),
  default_price: z.boolean(),
  amount: int().min(0),
  default_amount: z.boolean(),
  weight: z.number().min(0),
  default_weight: z.boolean(),
  default_variant: z.boolean(),
  sku: z.string().max(32).nullable(),
  image: pictureInput.nullable().optional(),
});

/** Attribute values tell variants apart; they are set once, on POST. */
const newInput = input.extend({
  attribute_checkbox_values: z.array(int()),
  attribute_select_values: z.array(int()),
});

const DEFAULTS = {
  price: 0,
  default_price: false,
  amount: 0,
  default_amount: false,
  weight: 0,
  default_weight: false,
  default_variant: false,
  sku: null,
  attribute_checkbox_values: [],
  attribute_select_values: [],
};

type VariantInput = z.output<typeof input>;

const variantsOf = (product: ProductRecord): VariantView[] => [...product.variants.values()];

function checkSku(call: Call, sku: string | null, current: string | null): void {
  if (sku === null || sku === '' || sku === current) return;
  if (call.store.productBySku(sku) !== undefined) throw badRequest('SKU must be unique');
}

const imageOf = (
  given: VariantInput['image'],
  current: VariantView['image'],
): VariantView['image'] => {
  if (given === undefined) return current;
  if (given === null) return null;
  return { alt: given.alt, url: pictureUrl(given, 'variant'), width: 800, height: 600 };
};

const NAMES = { select: 'Select box', checkbox: 'Checkbox' };

/** Which attributes tell the variant from others, each with the id of its value. */
function valuesOf(call: Call, kind: keyof typeof NAMES, ids: number[]): string[] {
  const path = new RegExp(`^products/${call.id('product_id')}/attributes_${kind}/\\d+/values$`);
  const known = call.store.collectionsLike(path);
  return ids.map((id) => {
    const at = known.findIndex((values) => values.has(id));
    if (at < 0) throw badRequest(`${NAMES[kind]} attribute value with ID ${id} not found`);
    return `${kind} ${at} ${id}`;
  });
}

/** A variant without values of attributes would be the product once more. */
function checkValues(call: Call, given: z.output<typeof newInput>, siblings: VariantView[]): void {
  const { attribute_select_values: select, attribute_checkbox_values: checkbox } = given;
  const values = [...valuesOf(call, 'select', select), ...valuesOf(call, 'checkbox', checkbox)];
  if (values.length === 0) throw badRequest('Variant must have attribute values');
  const key = (one: Pick<VariantView, 'attribute_select_values' | 'attribute_checkbox_values'>) =>
    JSON.stringify([
      [...one.attribute_select_values].sort(),
      [...one.attribute_checkbox_values].sort(),
    ]);
  if (siblings.some((each) => key(each) === key(given))) {
    throw badRequest('Variant with specified attribute values already exists');
  }
}

function create(call: Call): VariantView {
  const parent = call.store.products.get(call.id('product_id'));
  const body = call.body();
  if (parent === undefined) throw badRequest(`Product with ID ${call.id('product_id')} not found`);
  const given = readInput(newInput, { ...DEFAULTS, ...body });
  checkSku(call, given.sku, null);
  checkValues(call, given, variantsOf(parent));
  const id = call.store.nextId('variant');
  const variant: VariantView = {
    id,
    ...given,
    sku: given.sku || null,
    image: imageOf(given.image, null),
  };
  call.store.addVariant(parent, variant);
  return variant;
}

function update(call: Call, variant: VariantView): void {
  const product = productOf(call);
  const { image: current, ...rest } = variant;
  const given = readInput(input, { ...rest, ...call.body() });
  checkSku(call, given.sku, variant.sku);
  call.store.releaseSku(variant.sku);
  Object.assign(variant, given, { sku: given.sku || null, image: imageOf(given.image, current) });
  if (variant.sku !== null) call.store.claimSku(variant.sku, product);
}

/** Stock of a variant: its own `amount` when `default_amount` is false, the product's otherwise. */
export const variantRoutes: readonly Route[] = crudRoutes<VariantView>({
  path: '/products/:product_id/variants',
  idName: 'id',
  type: 'ProductVariant',
  noun: 'variant',
  list: (call) => childrenOf(call, call.store.products.get(call.id('product_id')), variantsOf),
  records: (call) => productOf(call).variants,
  fields: recordFields(newInput),
  show: (variant) => variant,
  create,
  update,
  remove: (call, variant) => call.store.removeVariant(productOf(call), variant),
});
