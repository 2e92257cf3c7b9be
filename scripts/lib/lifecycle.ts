import { UsageError } from './usageError';

/** Whatever has to end when this process ends, last opened first. Runs once, whichever signal comes first. */
type Close = () => Promise<void> | void;

const open: Close[] = [];
let closing: Promise<void> | undefined;

export function onEnd(close: Close): void {
  open.push(close);
}

export async function closeAll(): Promise<void> {
  closing ??= (async () => {
    for (const close of open.reverse()) await close();
  })();
  await closing;
}

/** Ctrl-C, a closed terminal and a polite kill at any moment leave no process behind. */
export function closeOnSignals(): void {
  const codes: Array<[NodeJS.Signals, number]> = [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ];
  for (const [signal, code] of codes) {
    process.on(signal, () => {
      process.stderr.write(`\n${signal}: closing what is open\n`);
      void closeAll().finally(() => process.exit(code));
    });
  }
}

/** A person who has mistyped reads what to type; of all else whoever looks for the fault needs the place. */
function told(error: unknown): unknown {
  if (error instanceof UsageError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : error;
}

/** Runs a program's main: its number is the exit code, and everything opened is closed first, however it ends. */
export function runMain(main: () => Promise<number> | number): void {
  closeOnSignals();
  Promise.resolve()
    .then(main)
    .catch((error: unknown) => {
      console.error(told(error));
      return error instanceof UsageError ? 2 : 1;
    })
    .then(async (code) => {
      await closeAll();
      process.exit(code);
    })
    .catch(() => process.exit(1));
}
