import type { Engine } from '../engine';
import { errors } from '../errors';
import type { FilePlace } from './store';
import { Tokens } from './tokens';

/** Files that arrive in pieces. */

interface Upload extends FilePlace {
  fileName: string;
  /** Pieces by their place in the file. */
  chunks: Map<number, Buffer>;
  /** Pieces by the name that the client gives them. */
  blocks: Map<string, Buffer>;
}

const uploads = new Tokens<Upload>();

/** Begins an upload. Returns the token that its pieces come with. */
export function beginUpload(engine: Engine, place: FilePlace, fileName: string): string {
  const upload = { ...place, fileName, chunks: new Map(), blocks: new Map() };
  return uploads.begin(engine, place.column, upload);
}

export const uploadOf = (engine: Engine, token: unknown): Upload => uploads.get(engine, token);

export const endUpload = (engine: Engine, token: unknown): void => uploads.end(engine, token);

export interface Range {
  start: number;
  /** The last byte. */
  end: number;
  /** Bytes of the whole file. */
  total: number;
}

/** `bytes 0-4194303/25870370` */
export function contentRange(header: string | undefined, bytes: Buffer): Range {
  const found = /^bytes (\d+)-(\d+)\/(\d+)$/i.exec(header?.trim() ?? '');
  const [start = NaN, end = NaN, total = NaN] = (found ?? []).slice(1).map(Number);
  if (found && end < total && end - start + 1 === bytes.length) return { start, end, total };
  throw errors.invalidArgument(
    `The header Content-Range '${header ?? ''}' does not fit a piece of ${bytes.length} bytes: write it as ` +
      "'bytes 0-4194303/25870370'.",
  );
}

/** Adds a piece. With the last one the whole file comes back, when no piece of it is missing. */
export function addChunk(
  upload: Upload,
  { start, end, total }: Range,
  bytes: Buffer,
): Buffer | undefined {
  upload.chunks.set(start, bytes);
  if (end < total - 1) return undefined;
  const inOrder = [...upload.chunks].sort(([left], [right]) => left - right);
  let next = 0;
  for (const [from, { length }] of inOrder) {
    if (from !== next) throw errors.invalidArgument(`The file has a gap at byte ${next}.`);
    next += length;
  }
  return Buffer.concat(inOrder.map(([, piece]) => piece));
}
