import type { Engine } from '../engine';
import { Tokens } from './tokens';

/** Files that leave in blocks: each as it was when its download began, whatever its column takes meanwhile. */
const downloads = new Tokens<Buffer>();

/** Returns the token that its blocks are asked for with. */
export const beginDownload = (engine: Engine, column: string, bytes: Buffer): string =>
  downloads.begin(engine, column, bytes);

export const downloadOf = (engine: Engine, token: unknown): Buffer => downloads.get(engine, token);
