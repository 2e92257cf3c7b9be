import { isClassic, type XCartApiKind } from './api';
import { createClassicXCart } from './classic/client';
import { createXCart, type XCart, type XCartOptions } from './client';

/** The store by the API that it has: both are used alike. */
export function openXCart(options: XCartOptions & { api?: XCartApiKind }): XCart {
  return isClassic(options.api) ? createClassicXCart(options) : createXCart(options);
}
