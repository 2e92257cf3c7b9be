import { brief } from './brief';
import { cef } from './cef';
import { own } from './own';
import type { Deployment } from './types';

/** Everything that is served, each below a base of its own, over the same shop. */
export const DEPLOYMENTS: readonly Deployment[] = [brief, cef, own];

export const deploymentAt = (path: string): Deployment | undefined =>
  DEPLOYMENTS.find(({ base }) => path === base || path.startsWith(`${base}/`));

export * from './types';
