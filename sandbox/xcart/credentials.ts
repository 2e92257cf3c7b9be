/** Made-up credentials of the sandbox store: always the same, and worth nothing anywhere else. */
export const XCART_CREDENTIALS = {
  readKey: 'sandbox-xcart-read-key',
  writeKey: 'sandbox-xcart-write-key',
  webhookSecret: 'sandbox-xcart-webhook-secret',
  adminLogin: 'admin@example.com',
  adminPassword: 'sandbox-admin-password',
  clientId: 'sandbox-xcart-client',
  clientSecret: 'sandbox-xcart-client-secret',
} as const;
