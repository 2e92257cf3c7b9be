/** Runs the Sync Ledger node on a ledger that lives as long as one test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { INode } from 'n8n-workflow';

import { closeLedgers } from '../../core/ledger/open';
import { SyncLedgerApi } from '../../credentials/SyncLedgerApi.credentials';
import { SyncLedger } from '../../nodes/SyncLedger/SyncLedger.node';
import { runNode, type NodeRun, type RunNode } from '../engine';

/** Gives each test of the file a user folder of its own for n8n. Returns how to ask for it. */
export function useOwnLedger(): () => string {
  const userFolder = process.env.N8N_USER_FOLDER;
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ledger-node-'));
    process.env.N8N_USER_FOLDER = folder;
  });

  afterEach(async () => {
    await closeLedgers();
    if (userFolder === undefined) delete process.env.N8N_USER_FOLDER;
    else process.env.N8N_USER_FOLDER = userFolder;
    rmSync(folder, { recursive: true });
  });

  return () => folder;
}

export const order = (id: string, more: object = {}) => ({
  order_number: id,
  total: 10,
  ...more,
  source: { platform: 'xcart', store: 'main', kind: 'order', id, event: 'poll' },
});

export const keyOf = (id: string): string => `xcart:main:order:${id}`;

export async function ledger(
  operation: string,
  input: object[],
  parameters: INode['parameters'] = {},
  more: Pick<
    RunNode,
    | 'onError'
    | 'credentials'
    | 'typeVersion'
    | 'mode'
    | 'calledFrom'
    | 'waitedSince'
    | 'executionId'
  > = {},
): Promise<NodeRun> {
  return await runNode({
    nodeType: new SyncLedger(),
    parameters: { operation, ...parameters },
    credentialTypes: [new SyncLedgerApi()],
    input,
    ...more,
  });
}

/** What the node says below its output. */
export const hintsOf = ({ run }: NodeRun): string[] =>
  (run.data.resultData.runData.Node?.at(-1)?.hints ?? []).map(({ message }) => message);
