import type { ODataClient } from '../../../core/odata/types';
import type { SendOptions } from '../../../core/http/send';
import { type RunningSandbox, startSandbox } from '../../../sandbox/start';
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

  async function control<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${sandbox.control.url}${path}`, {
      method,
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  return {
    connect: (send, options) => connect(sandbox, send, options),
    stop: sandbox.stop,
    reset: async () => await control('POST', '/reset'),
    setFaults: async (faults) =>
      await control('PUT', '/faults', { rules: faults.map((fault) => ({ service, ...fault })) }),
    countRequests: async () => (await control<Counts>('GET', '/counts'))[service].requests,
  };
}
