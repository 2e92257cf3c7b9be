import type { ODataClient } from '../../../core/odata/types';
import type { SendOptions } from '../../../core/http/send';
import { type RunningSandbox, startSandbox } from '../../../sandbox/start';
import { doorsOf } from '../../../scripts/n8n/doors';
import type { ConnectOptions, RunningService } from './service';

interface Counts {
  dataverse: { requests: number };
}

type Connect = (sandbox: RunningSandbox, send: SendOptions, options: ConnectOptions) => ODataClient;

/** A service of the sandbox, moved through its control routes: `/reset`, `/faults` and `/counts`. */
export async function startSandboxService(
  service: keyof Counts,
  connect: Connect,
): Promise<RunningService> {
  const sandbox = await startSandbox();
  const control = doorsOf(sandbox.control.url);

  return {
    connect: (send, options) => connect(sandbox, send, options),
    stop: sandbox.stop,
    reset: async () => await control('POST', '/reset'),
    setFaults: async (faults) =>
      await control('PUT', '/faults', { rules: faults.map((fault) => ({ service, ...fault })) }),
    countRequests: async () => (await control<Counts>('GET', '/counts'))[service].requests,
  };
}
