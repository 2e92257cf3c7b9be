import { z } from 'zod';
import { int, readInput } from '../api/body';
import { childrenOf } from '../api/lookup';
import { invalidInput } from '../api/problems';
import type { Call, Route } from '../api/routes';
import type { ProductRecord, VariantView } from '../model';
import { crudRoutes } from './crud';
import { imageInput, imageUrl } from './images';
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
  image: imageInput.nullable().optional(),
});

/** Attribute values tell variants apart; they are set once, on POST. */
const newInput = input.extend({
  attribute_checkbox_values: z.array(int()),
  attribute_select_values: z.array(int()),
});

const DEFAULTS = {
  price: 0,
  default_price: true,
  amount: 0,
  default_amount: true,
  weight: 0,
  default_weight: true,
  default_variant: false,
  sku: null,
  attribute_checkbox_values: [],
  attribute_select_values: [],
};

type VariantInput = z.output<typeof input>;

function checkSku(call: Call, sku: string | null, current: string | null): void {
  if (sku === null || sku === '' || sku === current) return;
  if (call.store.productBySku(sku) !== undefined) throw invalidInput(`SKU ${sku} is not unique`);
}

const imageOf = (
  given: VariantInput['image'],
  current: VariantView['image'],
): VariantView['image'] => {
  if (given === undefined) return current;
  return given === null ? null : { alt: given.alt ?? '', url: imageUrl(given) };
};

function create(call: Call): VariantView {
  const parent = call.store.products.get(call.id('product_id'));
  const body = call.body();
  if (parent === undefined)
    throw invalidInput(`Product with ID ${call.id('product_id')} not found`);
  const given = readInput(newInput, { ...DEFAULTS, ...body });
  checkSku(call, given.sku, null);
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

const variantsOf = (product: ProductRecord): VariantView[] => [...product.variants.values()];

/** Stock of a variant: its own `amount` when `default_amount` is false, the product's otherwise. */
export const variantRoutes: readonly Route[] = crudRoutes<VariantView>({
  path: '/products/:product_id/variants',
  idName: 'id',
  type: 'ProductVariant',
  noun: 'variant',
  list: (call) => childrenOf(call, call.store.products.get(call.id('product_id')), variantsOf),
  records: (call) => productOf(call).variants,
  show: (variant) => variant,
  create,
  update,
  remove: (call, variant) => call.store.removeVariant(productOf(call), variant),
});
