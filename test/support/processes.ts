import { readdirSync, readFileSync } from 'node:fs';

import { waitUntil } from '../../scripts/lib/wait';

/** No test measures time: so long is only waited where something does not end at all. */
const PATIENCE_MS = 60_000;

export interface Process {
  pid: number;
  /** Id of the process group. */
  group: number;
  command: string;
  environment: string;
}

function processOf(pid: string): Process[] {
  const read = (file: string): string =>
    readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' ');
  try {
    // After the name in brackets: state, parent, group.
    const [state, , group] = read('stat').split(') ').at(-1)?.split(' ') ?? [];
    if (state === 'Z') return [];
    const [command, environment] = [read('cmdline'), read('environ')];
    return [{ pid: Number(pid), group: Number(group), command, environment }];
  } catch {
    // The process has ended meanwhile, or is somebody else's.
    return [];
  }
}

/** Every process that runs now and that we may read (Linux only). */
export const allProcesses = (): Process[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(processOf);

/** Those that have a text, such as the name of a folder, in their environment or command line. */
export const processesWith = (text: string): Process[] =>
  allProcesses().filter(({ command, environment }) => `${environment} ${command}`.includes(text));

/** Ends them without asking; one that has ended by itself meanwhile is no mistake. */
export function killAll(processes: Process[]): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** Waits until nothing is found any more. Where something stays it fails the test, and is killed. */
export async function expectNone(find: () => Process[]): Promise<void> {
  await waitUntil(() => find().length === 0, PATIENCE_MS);
  const left = find();
  killAll(left);
  expect(left.map(({ pid, command }) => ({ pid, command }))).toEqual([]);
}
