import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { signalGroup, spawnGroup } from '../lib/child.mjs';
import { waitUntil } from '../lib/wait';
import { N8nApi } from './api';

export interface InstanceOptions {
  /** The programs, as `ensureN8n` gives them. */
  installed: { node: string; n8n: string };
  /** n8n's user folder; its database, its packages and the ledger live below it. */
  folder: string;
  port?: number;
  env?: Record<string, string>;
}

const START_PATIENCE_MS = 120_000;

export const LOGIN = { email: 'owner@example.com', password: 'Sandbox-Only-1' };

/** A real n8n process on loopback, with SQLite, that can be killed and started again on the same folder. */
export class N8nInstance {
  readonly logFile: string;
  private child?: ChildProcess;
  private constructor(
    private readonly options: InstanceOptions,
    readonly port: number,
    private readonly brokerPort: number,
  ) {
    mkdirSync(options.folder, { recursive: true });
    this.logFile = join(options.folder, 'n8n.log');
  }

  static async create(options: InstanceOptions): Promise<N8nInstance> {
    return new N8nInstance(options, options.port ?? (await freePort()), await freePort());
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /**
   * Starts n8n and waits until it answers. About ten seconds. Its task runner ends with it, and it ends with this
   * process, however either ends.
   */
  async start(): Promise<N8nApi> {
    // The file itself and no pipe of ours: n8n would go mad over a pipe that nobody reads any more.
    const log = openSync(this.logFile, 'a');
    const child = spawnGroup(this.options.installed.node, [this.options.installed.n8n, 'start'], {
      env: this.environment(),
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.child = child;
    await this.ready(child);
    const api = new N8nApi(this.url);
    await api.signIn(LOGIN);
    return api;
  }

  private environment(): Record<string, string> {
    return {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? this.options.folder,
      N8N_USER_FOLDER: this.options.folder,
      N8N_PORT: String(this.port),
      N8N_RUNNERS_BROKER_PORT: String(this.brokerPort),
      N8N_LISTEN_ADDRESS: '127.0.0.1',
      N8N_HOST: '127.0.0.1',
      WEBHOOK_URL: this.url,
      N8N_SECURE_COOKIE: 'false',
      N8N_DIAGNOSTICS_ENABLED: 'false',
      N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
      N8N_TEMPLATES_ENABLED: 'false',
      N8N_PERSONALIZATION_ENABLED: 'false',
      N8N_HIRING_BANNER_ENABLED: 'false',
      N8N_DYNAMIC_BANNERS_ENABLED: 'false',
      // These two would ask api.n8n.io for their lists at every start.
      N8N_VERIFIED_PACKAGES_ENABLED: 'false',
      N8N_DISABLED_MODULES: 'mcp-registry',
      N8N_LOG_LEVEL: 'info',
      ...this.options.env,
    };
  }

  private async ready(child: ChildProcess): Promise<void> {
    const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
    const answers = async (): Promise<boolean> => {
      const answer = await fetch(`${this.url}/healthz/readiness`).catch(() => undefined);
      return answer?.ok ?? false;
    };
    const isOver = await waitUntil(async () => hasEnded() || (await answers()), START_PATIENCE_MS);
    if (isOver && !hasEnded()) return;
    const end = hasEnded() ? `ended with ${child.exitCode ?? child.signalCode}` : 'did not start';
    signalGroup(child, 'SIGKILL');
    throw new Error(`n8n ${end} before it answered. The end of its log:\n${this.logTail()}`);
  }

  logTail(lines = 30): string {
    return readFileSync(this.logFile, 'utf8').split('\n').slice(-lines).join('\n');
  }

  /** Asks n8n to end, and makes it after ten seconds. */
  async stop(): Promise<void> {
    await this.end('SIGTERM', 10_000);
  }

  /** What a power cut does. */
  async kill(): Promise<void> {
    await this.end('SIGKILL', 0);
  }

  private async end(signal: NodeJS.Signals, patience: number): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    signalGroup(child, signal);
    if (patience > 0) await Promise.race([ended, sleep(patience, undefined, { ref: false })]);
    if (child.exitCode === null && child.signalCode === null) signalGroup(child, 'SIGKILL');
    await ended;
  }
}

/**
 * Below the ports that a system gives to connections and to servers without a wish (Linux from 32768, others from
 * 49152): n8n listens ten seconds after its port was chosen, and in these the sandbox and the tests beside it open
 * thousands of connections. One of them on that port, and n8n ends.
 */
const PORTS = { first: 20_000, last: 32_000 } as const;

/** A port on which nobody listens, and which nobody is given by chance until n8n does. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.first, PORTS.last);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listens = await new Promise<boolean>((done) => {
    server.once('error', () => done(false)).listen(port, '127.0.0.1', () => done(true));
  });
  if (listens) await new Promise<void>((done) => server.close(() => done()));
  return listens;
}
