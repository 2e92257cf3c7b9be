import { ServiceError, type ServiceErrorDetails } from '../../errors';

/** Primary result codes (sqlite.org/rescode.html); the extended ones carry them in their lowest byte. */
const BUSY = 5;
const LOCKED = 6;

function resultCode(error: unknown): number | undefined {
  const { errcode } = error as { errcode?: unknown };
  return typeof errcode === 'number' ? errcode & 0xff : undefined;
}

/** Another connection has the database; later it will be free. */
export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code === BUSY || code === LOCKED;
}

type Problem = Pick<ServiceErrorDetails, 'class' | 'code' | 'fix'> & { message: string };

const LOCKED_BY_OTHER: Problem = {
  message: 'is locked by another program',
  class: 'transient',
  code: 'LEDGER_LOCKED',
  fix: 'Close database tools and backups that hold the file. It must lie on a local disk, not on a network drive.',
};
const DAMAGED: Problem = {
  message: 'is damaged or no SQLite database',
  class: 'validation',
  code: 'LEDGER_DAMAGED',
  fix: 'Stop n8n and put back the file from a backup, or move it away to begin a new ledger. Keep it: the open records can be read out of it.',
};
const UNREACHABLE: Problem = {
  message: 'cannot be opened or written',
  class: 'permission',
  code: 'LEDGER_UNREACHABLE',
  fix: 'Let the user that runs n8n write to the file and its folder, or name another Database File in the Sync Ledger credential.',
};
const NO_ROOM: Problem = {
  message: 'cannot grow: the disk is full',
  class: 'transient',
  code: 'LEDGER_DISK_FULL',
  fix: 'Free disk space where the file lies.',
};
const NOT_READABLE: Problem = {
  message: 'could not be read from or written to the disk',
  class: 'transient',
  code: 'LEDGER_DISK',
  fix: 'Check the disk. The file must lie on a local disk, not on a network drive.',
};

const PROBLEMS: Readonly<Record<number, Problem>> = {
  3: UNREACHABLE,
  [BUSY]: LOCKED_BY_OTHER,
  [LOCKED]: LOCKED_BY_OTHER,
  8: UNREACHABLE,
  10: NOT_READABLE,
  11: DAMAGED,
  13: NO_ROOM,
  14: UNREACHABLE,
  26: DAMAGED,
};

const UNREACHABLE_FILE = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EISDIR',
  'ENOENT',
  'EEXIST',
]);

/** What SQLite or the file system said, as a failure that names the file and the repair. */
export function sqliteProblem(error: unknown, file: string): unknown {
  const code = resultCode(error);
  const { code: systemCode } = error as NodeJS.ErrnoException;
  const known = code === undefined ? undefined : PROBLEMS[code];
  const problem = known ?? (UNREACHABLE_FILE.has(systemCode ?? '') ? UNREACHABLE : undefined);
  if (!problem) return error;
  const { message, ...details } = problem;
  return new ServiceError(`The ledger file ${file} ${message}`, { ...details, cause: error });
}
