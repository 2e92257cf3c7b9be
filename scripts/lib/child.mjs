// Programs that end when this process ends, however it ends: also by a SIGKILL, which nothing can be done on.
import { spawn } from 'node:child_process';

/**
 * What the shell does before it becomes the program: it leaves a keeper behind, which reads from a pipe that only we
 * hold. The kernel closes the pipe when we are gone, and the keeper then does what `then` says. "$$" is the program.
 */
const shellOf = (then) =>
  `(trap '' HUP INT TERM; read -r _ <&3 ${then}) </dev/null >/dev/null 2>&1 & exec 3<&-; exec "$0" "$@"`;

function spawnKept(then, command, args, { stdio, ...options }) {
  const child = spawn('sh', ['-c', shellOf(then), command, ...args], {
    ...options,
    stdio: [...(typeof stdio === 'string' ? [stdio, stdio, stdio] : stdio), 'pipe'],
  });
  const pipe = child.stdio[3];
  // The keeper may have been killed before us.
  pipe.on('error', () => {});
  // The line says that the program has ended, and not we.
  child.on('exit', () => pipe.end('\n'));
  return child;
}

/** Starts a program that is asked to end (SIGTERM) when this process has ended. `stdio` of three as in `spawn`. */
export function spawnChild(command, args, options) {
  return spawnKept('|| kill -15 "$$"', command, args, options);
}

/**
 * Starts a program in a process group of its own. Whatever it has started and left in the group is killed (SIGKILL)
 * when the program ends; the program too, when this process ends.
 */
export function spawnGroup(command, args, options) {
  return spawnKept('; kill -9 "-$$"', command, args, { ...options, detached: true });
}

/** Sends a signal to everything in the group of a program that `spawnGroup` has started; nothing where it has ended. */
export function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
