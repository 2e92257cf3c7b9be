import { bearerAuth, tokenProvider } from '../../core/dynamics/auth';
import { createDataverse } from '../../core/dynamics/dataverse/client';
import type { Dataverse, DataverseOptions } from '../../core/dynamics/dataverse/types';
import { fetchTransport } from '../../core/http/fetch';
import { createSend, type SendOptions } from '../../core/http/send';
import { createThrottle } from '../../core/http/throttle';
import type { Clock } from '../../core/http/wait';
import type { SandboxAddresses } from '../../sandbox/start';

/** Fields of the credential for this sandbox. */
export function dataverseCredential({ dataverse, entra }: SandboxAddresses) {
  return {
    url: dataverse.url,
    tenantId: entra.tenantId,
    clientId: entra.clientId,
    clientSecret: entra.clientSecret,
    cloud: 'custom',
    authority: entra.url,
    scope: '',
  };
}

type ClientOptions = Pick<DataverseOptions, 'timeoutMs' | 'batchSize' | 'lanes' | 'dryRun'>;

/** The client over a `createSend` with these options, signed in at the Entra of this sandbox. */
export function connectDataverse(
  sandbox: SandboxAddresses,
  send: SendOptions,
  options: ClientOptions & { signal?: AbortSignal; clock?: Clock } = {},
): Dataverse {
  const { url, tenantId, clientId, clientSecret, authority } = dataverseCredential(sandbox);
  const provider = tokenProvider({
    environmentUrl: url,
    tenantId,
    clientId,
    clientSecret,
    authority,
  });
  const { clock, ...rest } = options;
  const signed = createSend({ ...send, ...bearerAuth(provider) });
  return createDataverse({ url, send: signed, ...rest }, { clock });
}

/** The client as it runs without n8n. */
export function dataverseClient(sandbox: SandboxAddresses, options: ClientOptions = {}): Dataverse {
  const send = {
    transport: fetchTransport(),
    throttle: createThrottle(),
    retry: { baseMs: 20 },
  };
  return connectDataverse(sandbox, send, options);
}
