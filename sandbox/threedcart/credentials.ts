/** Made-up credentials of the sandbox store: always the same, and worth nothing anywhere else. */
export const THREEDCART_CREDENTIALS = {
  secureUrl: 'https://shop-3dcart.example',
  publicKey: 'sandbox-threedcart-public-key',
  privateKey: 'sandbox-threedcart-private-key',
  token: 'sandbox-threedcart-token',
  clientId: 'sandbox-threedcart-client',
  clientSecret: 'sandbox-threedcart-client-secret',
} as const;
