import { ServiceError, toServiceError, validationError } from '../../errors';
import { inFlight } from '../../http/in-flight';
import type { Id, XCart } from './client';
import type { Product, Variant } from './wire';

/** What the stock of one SKU shall be. Absolute, so that writing it twice does no harm. */
export interface StockLevel {
  sku: string;
  amount: number;
  /** Where known, the product need not be looked for. */
  productId?: number;
  variantId?: number;
}

export interface StockChange {
  sku: string;
  outcome: 'updated' | 'unchanged';
  productId: number;
  variantId?: number;
  /** Undefined where the product was named and so not read. */
  before?: number;
  amount: number;
}

/** In the order of the levels. */
export type StockOutcome = StockChange | { sku: string; outcome: 'failed'; error: ServiceError };

export interface StockOptions {
  /** Looks through the variants of products where no product has the SKU. Costs one request per product. */
  searchVariants?: boolean;
  /** Requests on their way at once; the throttle of `send` decides what really is. Default 16. */
  inFlight?: number;
}

interface Target {
  productId: number;
  variantId?: number;
  before?: number;
  /** What makes the amount unwritable, if anything. */
  obstacle?: ServiceError;
}

const DEFAULT_IN_FLIGHT = 16;

/**
 * Writes the stock of many SKUs. X-Cart 5.5 has neither a stock resource nor a filter by SKU: the products are
 * paged through once (until every SKU is found), and what differs is written to the product or to its variant.
 */
export async function writeStock(
  client: XCart,
  levels: readonly StockLevel[],
  options: StockOptions = {},
): Promise<StockOutcome[]> {
  const clashes = clashing(levels);
  const valid = levels.filter((level) => !problemOf(level, clashes));
  const targets = await findTargets(client, valid, options);
  const written = new Map<string, Promise<StockOutcome>>();
  return await inFlight(levels, options.inFlight ?? DEFAULT_IN_FLIGHT, async (level) => {
    const problem = problemOf(level, clashes);
    if (problem) return failed(level.sku, problem);
    const key = keyOf(level);
    const outcome = written.get(key) ?? write(client, level, targets.get(key));
    written.set(key, outcome);
    return await outcome;
  });
}

function failed(sku: string, error: ServiceError): StockOutcome {
  return { sku, outcome: 'failed', error };
}

function keyOf({ sku, productId, variantId }: StockLevel): string {
  return productId === undefined ? sku.trim() : `${productId}/${variantId ?? ''}`;
}

/** SKUs that are to have two different amounts: which one is right, only the sender knows. */
function clashing(levels: readonly StockLevel[]): Set<string> {
  const amounts = new Map<string, number>();
  const clashes = new Set<string>();
  for (const level of levels) {
    const key = keyOf(level);
    if ((amounts.get(key) ?? level.amount) !== level.amount) clashes.add(key);
    amounts.set(key, level.amount);
  }
  return clashes;
}

function problemOf(level: StockLevel, clashes: ReadonlySet<string>): ServiceError | undefined {
  const { sku, amount, productId } = level;
  if (productId === undefined && sku.trim() === '') {
    return validationError('The SKU is empty', 'Give a SKU or a product ID for each stock level.');
  }
  if (!Number.isInteger(amount) || amount < 0) {
    return validationError(
      `The quantity of ${sku} is not a whole number of 0 or more`,
      'X-Cart counts whole pieces: round the quantity down, and send 0 where there is a shortage.',
    );
  }
  if (clashes.has(keyOf(level))) {
    return validationError(
      `${sku} is given more than once, with different quantities`,
      'Add up the quantities of all warehouses before this step, so that each SKU comes once.',
    );
  }
  return undefined;
}

async function findTargets(
  client: XCart,
  levels: readonly StockLevel[],
  { searchVariants = true, inFlight: limit = DEFAULT_IN_FLIGHT }: StockOptions,
): Promise<Map<string, Target>> {
  const targets = new Map<string, Target>();
  const wanted = new Set<string>();
  for (const level of levels) {
    const { productId, variantId } = level;
    if (productId === undefined) wanted.add(keyOf(level));
    else targets.set(keyOf(level), { productId, variantId });
  }
  const products = await findProducts(client, wanted, targets);
  if (!searchVariants || wanted.size === 0) return targets;
  await findVariants(client, products, wanted, targets, limit).catch((error: unknown) => {
    // Whether the store has these SKUs is not known now: they fail, those that were found do not.
    for (const sku of wanted) targets.set(sku, { productId: 0, obstacle: toServiceError(error) });
  });
  return targets;
}

/** Moves what it finds from `wanted` to `targets`; returns the products it went past. */
async function findProducts(
  client: XCart,
  wanted: Set<string>,
  targets: Map<string, Target>,
): Promise<Product[]> {
  const passed: Product[] = [];
  if (wanted.size === 0) return passed;
  for await (const page of client.products.pages()) {
    for (const product of page) {
      passed.push(product);
      const sku = product.sku?.trim() ?? '';
      if (wanted.delete(sku)) targets.set(sku, productTarget(product));
    }
    if (wanted.size === 0) break;
  }
  return passed;
}

function productTarget({ id, sku, amount, inventory_traceable: counted }: Product): Target {
  const target: Target = { productId: id, before: amount ?? undefined };
  if (counted !== false) return target;
  const obstacle = validationError(
    `X-Cart does not count the stock of ${sku}`,
    'Turn on "Inventory tracking" for this product in the X-Cart admin, or leave it out.',
  );
  return { ...target, obstacle };
}

/** How many characters two SKUs begin alike with: variants are mostly named after their product. */
function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** Looks first where the SKU resembles that of the product, and ends as soon as nothing is missing. */
async function findVariants(
  client: XCart,
  products: Product[],
  wanted: Set<string>,
  targets: Map<string, Target>,
  limit: number,
): Promise<void> {
  const missing = [...wanted];
  const likeness = new Map(
    products.map(({ id, sku }) => [
      id,
      Math.max(...missing.map((each) => commonStart(each, sku ?? ''))),
    ]),
  );
  const ranked = products
    .map(({ id }) => id)
    .sort((one, other) => (likeness.get(other) ?? 0) - (likeness.get(one) ?? 0));
  await inFlight(ranked, limit, async (productId) => {
    if (wanted.size === 0) return;
    for (const variant of await variantsOf(client, productId)) {
      take(variant, productId, wanted, targets);
    }
  });
}

/** A product without variants, or a store without the module Product Variants, has none. */
async function variantsOf(client: XCart, productId: Id): Promise<Variant[]> {
  const variants: Variant[] = [];
  try {
    for await (const page of client.variants(productId).pages()) variants.push(...page);
  } catch (error) {
    if (toServiceError(error).class !== 'not-found') throw error;
  }
  return variants;
}

function take(
  { id, sku, amount, default_amount: inherits }: Variant,
  productId: Id,
  wanted: Set<string>,
  targets: Map<string, Target>,
): void {
  const key = sku?.trim() ?? '';
  if (!wanted.delete(key)) return;
  const before = inherits ? undefined : (amount ?? undefined);
  targets.set(key, { productId: Number(productId), variantId: id, before });
}

async function write(
  client: XCart,
  { sku, amount }: StockLevel,
  target: Target | undefined,
): Promise<StockOutcome> {
  try {
    if (!target) throw notFound(sku);
    if (target.obstacle) throw target.obstacle;
    const { productId, variantId, before } = target;
    const change = { sku, productId, variantId, before, amount };
    if (before === amount) return { ...change, outcome: 'unchanged' };
    if (variantId === undefined) await client.products.update(productId, { amount });
    else await client.variants(productId).update(variantId, { amount, default_amount: false });
    return { ...change, outcome: 'updated' };
  } catch (error) {
    return failed(sku, toServiceError(error));
  }
}

function notFound(sku: string): ServiceError {
  return new ServiceError(`The store has no product with the SKU ${sku}`, {
    class: 'not-found',
    fix: 'Check the SKU in the X-Cart admin under Catalog → Products. If it belongs to a variant, turn on Search Variants.',
  });
}
