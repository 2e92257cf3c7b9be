import type { Engine } from '../engine';
import { errors } from '../errors';
import type { Model } from '../schema/model';
import type { FilePlace } from './store';

/** Files that arrive in pieces. */

interface Upload extends FilePlace {
  fileName: string;
  /** Pieces by their place in the file. */
  chunks: Map<number, Buffer>;
  /** Pieces by the name that the client gives them. */
  blocks: Map<string, Buffer>;
}

const uploads = new WeakMap<Model, Map<string, Upload>>();

/** Tokens end with the environment: a reset makes another. */
function uploadsOf({ model }: Engine): Map<string, Upload> {
  const known = uploads.get(model);
  if (known) return known;
  const made = new Map<string, Upload>();
  uploads.set(model, made);
  return made;
}

/** Begins an upload. Returns the token that its pieces come with. */
export function beginUpload(engine: Engine, place: FilePlace, fileName: string): string {
  const token = Buffer.from(`${engine.newId()}:${place.column}`).toString('base64url');
  uploadsOf(engine).set(token, { ...place, fileName, chunks: new Map(), blocks: new Map() });
  return token;
}

export function uploadOf(engine: Engine, token: unknown): Upload {
  const upload = uploadsOf(engine).get(String(token));
  if (upload) return upload;
  throw errors.invalidArgument('The file continuation token is not valid or has expired.');
}

export const endUpload = (engine: Engine, token: unknown): boolean =>
  uploadsOf(engine).delete(String(token));

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
