import { defineService, type RunningOf } from '../kit';
import { entraControl } from './control';
import { createEntra } from './service';

/** Made-up credentials of the sandbox tenant: always the same, and worth nothing anywhere else. */
export const ENTRA_CREDENTIALS = {
  tenantId: '5a4db0c5-0000-4000-8000-7e4a47000001',
  clientId: '5a4db0c5-0000-4000-8000-c11e47000002',
  clientSecret: 'sandbox-client-secret',
} as const;

export interface EntraAddress {
  url: string;
  tenantId: string;
  clientId: string;
  clientSecret: string;
}

export const entra = defineService({
  name: 'entra',
  title: 'Entra ID',
  create: (context) => createEntra(context, ENTRA_CREDENTIALS),
  address: (url): EntraAddress => ({ url, ...ENTRA_CREDENTIALS }),
  control: entraControl,
});

export type RunningEntra = RunningOf<typeof entra>;
