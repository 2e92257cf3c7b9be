import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Ledger, RecordView, StoppedRecord } from '../../core/ledger/ledger';
import { createLedger } from '../../core/ledger/open';
import type { LedgerState } from '../../core/ledger/record';
import { startSandbox, type RunningSandbox } from '../../sandbox/start';
import { ensureBuild } from '../lib/build.mjs';
import { ensureN8n } from '../lib/n8n-install.mjs';
import { root } from '../lib/toolchain.mjs';
import type { N8nApi, Workflow } from './api';
import { N8nInstance } from './instance';
import { installPack } from './pack';
import { SandboxControl } from './sandbox-control';

export interface CredentialReference {
  id: string;
  name: string;
}

export interface WorldOptions {
  n8nPort?: number;
  env?: Record<string, string>;
  /** Leaves it to a person to make the credentials. */
  withoutCredentials?: boolean;
  onEnd?: (close: () => Promise<void>) => void;
}

/** A sandbox, and in front of it a real n8n with the packed pack and its credentials: what demo, tests and bench run in. */
export class World {
  readonly control: SandboxControl;
  private ledger?: Ledger;
  private constructor(
    readonly sandbox: RunningSandbox,
    readonly n8n: N8nInstance,
    readonly folder: string,
    readonly api: N8nApi,
    readonly credentials: Record<string, CredentialReference>,
    private readonly closers: Array<() => Promise<void>>,
  ) {
    this.control = new SandboxControl(sandbox.control.url);
  }

  /**
   * Starts both. `onEnd` is told how to close each part as soon as it exists, so that an end at any moment, also
   * half-way through this, leaves nothing behind.
   */
  static async open(options: WorldOptions = {}): Promise<World> {
    const closers: Array<() => Promise<void>> = [];
    const track = (close: () => Promise<void>) => {
      closers.push(close);
      options.onEnd?.(close);
    };
    try {
      const folder = mkdtempSync(join(tmpdir(), 'dynamics-commerce-'));
      track(async () => rmSync(folder, { recursive: true, force: true }));
      const sandbox = await startSandbox();
      track(() => sandbox.stop());
      await ensureBuild();
      installPack(root, join(folder, '.n8n'));
      const installed = await ensureN8n();
      const n8n = await N8nInstance.create({
        installed,
        folder,
        port: options.n8nPort,
        env: options.env,
      });
      track(() => n8n.stop());
      const api = await n8n.start();
      const credentials = options.withoutCredentials ? {} : await createCredentials(api, sandbox);
      return new World(sandbox, n8n, folder, api, credentials, closers);
    } catch (error) {
      await closeInReverse(closers);
      throw error;
    }
  }

  /** The ledger's file, at its default place below n8n's user folder. */
  get ledgerFile(): string {
    return join(this.folder, '.n8n', 'dynamics-commerce', 'ledger.sqlite');
  }

  /** What the operator has to repair, as the ledger has it. */
  async deadLetters(): Promise<StoppedRecord[]> {
    return await (await this.openLedger()).listDead({ limit: 1000 });
  }

  /** What is not to be sent now, with the reason of each. */
  async held(): Promise<StoppedRecord[]> {
    return await (await this.openLedger()).listHeld({ limit: 1000 });
  }

  /** What the ledger knows of these records; of those that it does not know, nothing. */
  async records(keys: string[]): Promise<RecordView[]> {
    const ledger = await this.openLedger();
    return (await ledger.lookUp(keys.map((key) => ({ key })))).flat();
  }

  /** How many records the ledger has in which state. */
  async states(): Promise<Record<LedgerState, number>> {
    return (await (await this.openLedger()).statistics()).total.states;
  }

  /** How many records the ledger still has on their way or waiting. */
  async unsettled(): Promise<number> {
    const states = await this.states();
    return states.pending + states.in_flight + states.retry;
  }

  private async openLedger(): Promise<Ledger> {
    if (this.ledger) return this.ledger;
    const ledger = await createLedger({ file: this.ledgerFile });
    this.ledger = ledger;
    this.closers.push(() => ledger.close());
    return ledger;
  }

  /** Imports a template of `workflows/`; what a user does by hand: nothing is changed but the credentials. */
  async importTemplate(
    file: string,
    adapt: (workflow: Workflow) => void = () => {},
  ): Promise<string> {
    const workflow = JSON.parse(readFileSync(join(root, 'workflows', file), 'utf8')) as Workflow;
    return await this.importWorkflow(workflow, adapt);
  }

  async importWorkflow(
    workflow: Workflow,
    adapt: (workflow: Workflow) => void = () => {},
  ): Promise<string> {
    for (const node of workflow.nodes) {
      for (const type of Object.keys(node.credentials ?? {})) {
        const credential = this.credentials[type];
        if (credential && node.credentials) node.credentials[type] = credential;
      }
    }
    adapt(workflow);
    return await this.api.createWorkflow(workflow);
  }

  async close(): Promise<void> {
    await closeInReverse(this.closers);
  }
}

async function closeInReverse(closers: Array<() => Promise<void>>): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}

async function createCredentials(
  api: N8nApi,
  sandbox: RunningSandbox,
): Promise<Record<string, CredentialReference>> {
  const created: Record<string, CredentialReference> = {};
  // The sandbox may serve a shop before the pack has a node for it.
  const known = new Set((await api.credentialTypes()).map(({ name }) => name));
  for (const [type, { name, data }] of Object.entries(sandbox.credentials)) {
    if (!known.has(type)) continue;
    created[type] = await api.createCredential(type, name, data);
  }
  return created;
}
