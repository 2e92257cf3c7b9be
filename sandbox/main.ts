import { parseArgs } from 'node:util';
import { PortError } from './kit';
import { SERVICES } from './services';
import { startSandbox, type RunningSandbox, type SandboxOptions } from './start';

const TITLES = SERVICES.map(({ title }) => title);

/** The control API has a port of its own. */
const PORTS = SERVICES.length + 1;

const HELP = `Simulated ${TITLES.slice(0, -1).join(', ')} and ${TITLES.at(-1)} on 127.0.0.1, with faults on demand.

  npm run sandbox -- [--port N] [--seed N]

  --port N   first of ${PORTS} consecutive ports (${TITLES.join(', ')}, control); 0 takes free ones
             (default 4600)
  --seed N   what all made-up data is drawn from (default 1)
  --help     this text

Prints one JSON line with every address and the test credentials, and stays until Ctrl-C.
`;

const DEFAULT_PORT = 4600;

/** The last of the ports is 65535 at most. */
const MAX_FIRST_PORT = 65_536 - PORTS;

/** How long a shutdown may take before the process ends anyway. */
const SHUTDOWN_MS = 900;

class UsageError extends Error {}

function wholeNumber(name: string, text: string, max: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= 0 && value <= max) return value;
  throw new UsageError(`--${name} must be a whole number from 0 to ${max}, not "${text}"`);
}

function readArguments(args: string[]): SandboxOptions | undefined {
  const { values } = parseArgs({
    args: args.filter((argument) => argument !== '--'),
    options: {
      port: { type: 'string', default: String(DEFAULT_PORT) },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    port: wholeNumber('port', values.port, MAX_FIRST_PORT),
    seed: wholeNumber('seed', values.seed, 0xffffffff),
  };
}

/** Ends on SIGTERM and on SIGINT. Where npm or the starter was ended, `scripts/lib` sends SIGTERM. */
function stopOnSignals(sandbox: RunningSandbox): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), SHUTDOWN_MS);
    void sandbox.stop().finally(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(HELP);
    return;
  }
  const sandbox = await startSandbox(options);
  stopOnSignals(sandbox);
  const { context, services, credentials, reset, stop, ...addresses } = sandbox;
  process.stdout.write(`${JSON.stringify(addresses)}\n`);
}

/** parseArgs throws a TypeError whose code begins so. */
const isUsageError = (error: unknown): boolean =>
  error instanceof UsageError ||
  (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE'));

main().catch((error: unknown) => {
  const known = error instanceof PortError || isUsageError(error);
  const text = error instanceof Error ? (known ? error.message : error.stack) : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(known ? 2 : 1);
});
