/** Made-up credentials of the sandbox's Clarity store: always the same, and worth nothing anywhere else. */
export const CLARITY_CREDENTIALS = {
  apiKey: 'sandbox-clarity-api-key',
  /** Opens reading alone. */
  readKey: 'sandbox-clarity-read-key',
  clientId: 'sandbox-clarity-client',
  clientSecret: 'sandbox-clarity-client-secret',
  userName: 'integration',
  password: 'sandbox-clarity-password',
  /** A user who may only read. */
  readUserName: 'auditor',
  webhookSecret: 'sandbox-clarity-webhook-secret',
} as const;
