import type { ErrorClass } from '../../../errors';

/** What a number of Microsoft Entra means to whoever keeps the credential. */
export interface Explanation {
  /** What is wrong, without a full stop. */
  title: string;
  /** What to do, and where. */
  fix: string;
  /** Default `authentication`: it hits every record alike, and what has failed goes by itself after the repair. */
  class?: ErrorClass;
}

/** Codes that mean alike share their explanation. */
export type Explanations = ReadonlyArray<readonly [codes: readonly number[], Explanation]>;

/** Where an app is registered, and where it is let into a tenant. */
export const APP = 'Entra admin center > App registrations';
export const ENTERPRISE = 'Entra admin center > Enterprise applications';
export const CONNECT = 'Open the credential in n8n and connect it again.';
