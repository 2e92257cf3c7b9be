const PRODUCTS = 1_000_000;

/** Id of the record that joins a product and a category. */
export const linkId = (categoryId: number, productId: number): number =>
  categoryId * PRODUCTS + productId;
