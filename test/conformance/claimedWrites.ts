import type { IDataObject, INode } from 'n8n-workflow';

import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { type RunningSandbox, type SandboxAddresses, startSandbox } from '../../sandbox/start';
import { type NodeRun, runNode, type RunNode } from '../engine';
import { ledger } from '../support/ledger';
import { dataverseCredential } from './dataverse-on-sandbox';

/** A sandbox for all tests of a file, emptied before each of them. */
export function useSandbox(): () => RunningSandbox {
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  beforeEach(() => sandbox.reset());
  afterAll(() => sandbox.stop());
  return () => sandbox;
}

/** Runs the Dynamics 365 node on the sandbox; its columns are in a field of the items. */
export async function writeNode(
  sandbox: SandboxAddresses,
  parameters: INode['parameters'],
  input: IDataObject[],
  mode?: RunNode['mode'],
): Promise<NodeRun> {
  return await runNode({
    mode,
    nodeType: new Dynamics365(),
    parameters: { columnsSource: 'field', ...parameters },
    credentialTypes: [new DynamicsDataverseApi()],
    credentials: { dynamicsDataverseApi: dataverseCredential(sandbox) },
    input,
    onError: 'continueErrorOutput',
  });
}

/**
 * The way of the template around what is tried: claims documents, has them written, and tells the ledger what became of
 * them. The result of the write is in the field `result` of the items.
 */
export async function throughLedger(
  documents: object[],
  targetTable: string,
  write: (claimed: IDataObject[]) => Promise<NodeRun>,
): Promise<NodeRun> {
  const claimed = (await ledger('claim', documents)).output(0);
  const written = await write(claimed);
  const failed = written.output(1).map((error) => ({ ...claimed[0], ...error }));
  if (failed.length > 0) await ledger('fail', failed);
  const done = written.output(0);
  const target = { targetSystem: 'dataverse', targetTable, targetIdField: 'result.id' };
  if (done.length > 0) await ledger('complete', done, target);
  return written;
}
