import type { RetryOptions } from '../../core/http/retry';
import { createSend } from '../../core/http/send';
import { createThrottle } from '../../core/http/throttle';
import { createXCart, type XCart } from '../../core/stores/xcart/client';
import { nodeTransport, type RequestContext } from '../shared/transport';

export const XCART_CREDENTIAL = 'xCartApi';

/** The fields of the credential type `xCartApi`. The API key is added by n8n itself. */
interface XCartCredential {
  storeUrl: string;
  storeName: string;
  version: '5.5.0' | '5.5.1';
  webhookSecret?: string;
}

export interface Store {
  client: XCart;
  /** What the credential calls the shop; part of every record's key. */
  name: string;
  /** The store can be asked for what changed since a moment (X-Cart 5.5.1 and newer). */
  modifiedSinceFilter: boolean;
  webhookSecret: string;
}

export interface StoreOptions {
  /** Milliseconds for one attempt. */
  timeoutMs?: number;
  retry?: RetryOptions;
}

/** A shop is one PHP server, not a cloud: few requests at once, more as long as it answers well. */
const IN_FLIGHT = { start: 4, max: 12 };

/** The store that the node's credential names. One per run: its throttle is shared by all requests of the run. */
export async function openStore(
  context: RequestContext,
  { timeoutMs, retry }: StoreOptions = {},
): Promise<Store> {
  const credential = await context.getCredentials<XCartCredential>(XCART_CREDENTIAL);
  const send = createSend({
    transport: nodeTransport(context, XCART_CREDENTIAL),
    throttle: createThrottle(IN_FLIGHT),
    retry,
  });
  const signal =
    'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
  return {
    client: createXCart({ storeUrl: credential.storeUrl, send, timeoutMs, signal }),
    name: credential.storeName.trim() || 'main',
    modifiedSinceFilter: credential.version === '5.5.1',
    webhookSecret: credential.webhookSecret?.trim() ?? '',
  };
}
