import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

import { validationError } from '../errors';
import type { Ledger } from './ledger';
import { RecordLedger, type LedgerOptions } from './recordLedger';
import { createSeal } from './seal';
import { fileId } from './sqlite/database';
import { SqliteStorage } from './sqlite/storage';

export interface LedgerSettings extends Pick<LedgerOptions, 'now' | 'random' | 'owner'> {
  /** Absolute path; left out or empty: below n8n's user folder. */
  file?: string;
  /** Passphrase that payloads are encrypted with; left out or empty: they lie in plain text. */
  encryptionKey?: string;
  /** Passphrase used before the current one; opens what was written with it. */
  formerEncryptionKey?: string;
}

/** Below the folder in which n8n keeps its own database. */
export function defaultLedgerFile(env: NodeJS.ProcessEnv = process.env): string {
  const userFolder = env.N8N_USER_FOLDER || homedir();
  return join(userFolder, '.n8n', 'dynamics-commerce', 'ledger.sqlite');
}

function ledgerFile(file: string | undefined): string {
  const path = file?.trim() ?? '';
  if (path === '') return defaultLedgerFile();
  if (isAbsolute(path)) return resolve(path);
  throw validationError(
    `The Database File "${path}" is no absolute path`,
    'Give the whole path in the Sync Ledger credential, such as /data/ledger.sqlite, or leave it empty.',
  );
}

/** The salt is the database's own; the name that goes out of the house gives nothing away of it. */
function idOf(salt: Uint8Array): string {
  return createHash('sha256').update('ledger id').update(salt).digest('hex').slice(0, 16);
}

/** A ledger of its own; the caller closes it. */
export async function createLedger(settings: LedgerSettings = {}): Promise<Ledger> {
  const { now, random, owner } = settings;
  const storage = new SqliteStorage({ file: ledgerFile(settings.file) });
  const passphrases = [settings.encryptionKey, settings.formerEncryptionKey].filter(
    (passphrase): passphrase is string => Boolean(passphrase),
  );
  const salt = await storage.salt();
  const seal = await createSeal(passphrases, salt);
  return new RecordLedger({ id: idOf(salt), storage, seal, now, random, owner });
}

interface Opened {
  ledger: Promise<Ledger>;
  /** Which file it was; undefined until it is open. */
  fileId?: number;
}

const opened = new Map<string, Opened>();

/** The process's ledger with these settings: one connection, opened on first use and when its file was replaced. */
export async function openLedger(
  settings: Pick<LedgerSettings, 'file' | 'encryptionKey' | 'formerEncryptionKey'> = {},
): Promise<Ledger> {
  const file = ledgerFile(settings.file);
  const id = JSON.stringify([file, settings.encryptionKey, settings.formerEncryptionKey]);
  const known = opened.get(id);
  if (known && (known.fileId === undefined || known.fileId === fileId(file))) {
    return await known.ledger;
  }
  const entry: Opened = { ledger: createLedger(settings) };
  opened.set(id, entry);
  try {
    void known?.ledger.then(async (outdated) => outdated.close());
    const ledger = await entry.ledger;
    entry.fileId = fileId(file);
    return ledger;
  } catch (error) {
    // What could not be opened is tried again next time: the repair needs no restart.
    opened.delete(id);
    throw error;
  }
}

/** Those that this process has open. */
export async function openedLedgers(): Promise<Ledger[]> {
  const all = await Promise.allSettled([...opened.values()].map(({ ledger }) => ledger));
  return all.flatMap((ledger) => (ledger.status === 'fulfilled' ? [ledger.value] : []));
}

/** The ledger in the default place; undefined where there is none yet. */
export async function defaultLedger(): Promise<Ledger | undefined> {
  return existsSync(defaultLedgerFile()) ? await openLedger() : undefined;
}

/**
 * The ledger with this id: one that this process has open, or the one in the default place. undefined: where it lies
 * only a credential knows, and no node that has it has run in this process.
 */
export async function ledgerById(id: string): Promise<Ledger | undefined> {
  // The last: whoever has changed the key of a ledger has opened it again.
  const known = (await openedLedgers()).findLast((ledger) => ledger.id === id);
  if (known) return known;
  const byDefault = await defaultLedger();
  return byDefault?.id === id ? byDefault : undefined;
}

/** Closes every ledger that `openLedger` opened. */
export async function closeLedgers(): Promise<void> {
  const all = [...opened.values()].map(({ ledger }) => ledger);
  opened.clear();
  for (const ledger of await Promise.allSettled(all)) {
    if (ledger.status === 'fulfilled') await ledger.value.close();
  }
}
