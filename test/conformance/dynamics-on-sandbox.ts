/** The node Dynamics 365 on a sandbox of its own. */
import type { INode } from 'n8n-workflow';

import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { type RunningSandbox, startSandbox } from '../../sandbox/start';
import { type NodeRun, runNode, type RunNode } from '../engine';
import { dataverseCredential } from './dataverse-on-sandbox';

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
export const byName = (value: string) => ({ __rl: true, mode: 'name', value });

export interface DynamicsOnSandbox {
  readonly sandbox: RunningSandbox;
  /** What the node is given beside its parameters. */
  shared(): Pick<RunNode, 'credentialTypes' | 'credentials'>;
  /** Runs an operation; items that fail come by the only output, where nothing else is said. */
  run(parameters: INode['parameters'], input?: object[], more?: Partial<RunNode>): Promise<NodeRun>;
  /** Makes a row by the rules of the service, without the Web API; its ID. */
  insert(set: string, row: Record<string, string | number | boolean>): string;
  row(set: string, id: string): Record<string, unknown> | undefined;
}

/** Starts a sandbox for the tests of a file, and sets it back before each. */
export function useDynamics(): DynamicsOnSandbox {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(async () => await sandbox.stop());
  beforeEach(() => sandbox.reset('dataverse'));

  const shared = () => ({
    credentialTypes: [new DynamicsDataverseApi()],
    credentials: { dynamicsDataverseApi: dataverseCredential(sandbox) },
  });
  return {
    get sandbox() {
      return sandbox;
    },
    shared,
    run: async (parameters, input = [{}], more = {}) =>
      await runNode({
        nodeType: new Dynamics365(),
        parameters,
        input,
        onError: 'continueRegularOutput',
        ...shared(),
        ...more,
      }),
    insert: (set, row) => sandbox.services.dataverse.insert(set, [row])[0] ?? '',
    row: (set, id) => sandbox.services.dataverse.rowsById(set)?.get(id),
  };
}
