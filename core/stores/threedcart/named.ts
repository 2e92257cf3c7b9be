import { settle } from '../../outcome';
import type { ThreeDCart } from './client';
import type { Product } from './wire';

/** As 3dcart counts its products. */
const CATALOG_ID = /^\d+$/;

/** The product with this SKU, else the one of this catalog ID; undefined: there is none. */
export async function productNamed(
  { products }: ThreeDCart,
  name: string,
): Promise<Product | undefined> {
  const [found] = await products.bySku(name);
  if (found || !CATALOG_ID.test(name)) return found;
  const read = await settle(async () => await products.get(name));
  if (read.ok) return read.value;
  if (read.error.class === 'not-found') return undefined;
  throw read.error;
}
