import { isClassic, type XCartApiKind } from './api';
import { createClassicXCart } from './classic/client';
import { createXCart, type XCart, type XCartOptions } from './client';
import { makingOnce } from './once';

/** The store by the API that it has: both are used alike. */
export function openXCart(options: XCartOptions & { api?: XCartApiKind }): XCart {
  const { api } = options;
  return makingOnce(isClassic(api) ? createClassicXCart(options) : createXCart(options), api);
}
