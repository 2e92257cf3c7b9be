import type { ICredentialTestRequest } from 'n8n-workflow';

/** Expression that takes an address as it may have been pasted, without the slashes at its end. */
export const addressIn = (field: string): string => `(${field} || "").trim().replace(/\\/+$/, "")`;

/**
 * The test of a type that extends `oAuth2Api`, which n8n asks no node for: reads something of the store's API.
 *
 * @param base expression for the address of the API; see `addressIn`
 */
export const reads = (base: string, url: string): ICredentialTestRequest => ({
  request: { baseURL: `={{ ${base} }}`, url, headers: { accept: 'application/json' } },
});
