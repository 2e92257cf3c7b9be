import { createClassicXCart } from './classic/client';
import { createXCart, type XCart, type XCartOptions } from './client';

/** Which of its two APIs a store speaks: REST is that of 5.5 and newer, classic that of 5.0 to 5.4. */
export type XCartApiKind = 'rest' | 'classic';

export const isClassic = (api: unknown): boolean => api === 'classic';

/** The store by the API that it has: both are used alike. */
export function openXCart(options: XCartOptions & { api?: XCartApiKind }): XCart {
  return isClassic(options.api) ? createClassicXCart(options) : createXCart(options);
}
