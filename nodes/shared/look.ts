import { deflateRawSync, inflateRawSync } from 'node:zlib';

import { omit } from 'lodash';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { validationError } from '../../core/errors';
import type { SkippedOutcome } from '../../core/ledger/ledger';
import type { OwnWrites } from '../../core/sync/ownWrites';

/**
 * What Sync Ledger: Claim has seen of a record in a test run, where it takes nothing: all that the node which writes
 * needs to take it then. The item carries it and no memory of the process, because n8n runs the steps of a person one
 * by one, on any worker, and what a node put out can be pinned for weeks.
 */
export interface Look {
  /** One for each record of each look. */
  id: string;
  flow: string;
  /** What people call the flow. */
  flowName?: string;
  key: string;
  hash: string;
  version?: string;
  /** What the pack itself has written back into the record. */
  ownWrites?: OwnWrites;
  /** Content that the record had then; left out: there was no record. */
  seen?: string;
  /** When that was, in milliseconds since the epoch; left out by versions that did not say it. */
  at?: number;
  /** Left out: it would be skipped. */
  attempt?: number;
  /** Why the record would be skipped. Whoever writes asks the ledger once more. */
  skipped?: SkippedOutcome;
  leaseMs: number;
  /** `id` of the ledger that was asked. */
  ledger: string;
  /** What has to be kept to send the record again. */
  document: object;
}

/**
 * As one text: the document stands in the item once more otherwise, and whoever maps by drag and drop would take fields
 * of a place that is only there in test runs.
 */
export function packLook(look: Look): string {
  return deflateRawSync(JSON.stringify(look)).toString('base64');
}

/** As Claim has packed it; the same for all items of one record. */
export function lookTextOf({ json }: INodeExecutionData): string | undefined {
  const { claim } = json;
  if (typeof claim !== 'object' || claim === null) return undefined;
  const { look } = claim as { look?: unknown };
  return typeof look === 'string' ? look : undefined;
}

/** Whether the record on the item was looked at, be it that a node has taken it since or not. */
export function hasLook(item: INodeExecutionData): boolean {
  return lookTextOf(item) !== undefined;
}

/** Whether the record on the item was only looked at, and no node has taken it. */
export function isLookedAt(item: INodeExecutionData): boolean {
  return hasLook(item) && !('token' in (item.json.claim as object));
}

/** The item as Claim has put it out: what it was taken with since holds no more. */
export function onlyLookedAt(item: INodeExecutionData): INodeExecutionData {
  const claim = omit(item.json.claim as IDataObject, 'token');
  return { ...item, json: { ...item.json, claim } };
}

const TEXTS = ['id', 'flow', 'key', 'hash', 'ledger'] as const;

function isLook(value: unknown): value is Look {
  if (typeof value !== 'object' || value === null) return false;
  const look = value as Record<keyof Look, unknown>;
  const isWhole = TEXTS.every((name) => typeof look[name] === 'string');
  return isWhole && Number(look.leaseMs) > 0 && typeof look.document === 'object';
}

function unpack(text: string): unknown {
  try {
    return JSON.parse(inflateRawSync(Buffer.from(text, 'base64')).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** What was seen of the item's record; undefined where nobody has looked. Throws where it is broken. */
export function lookOf(item: INodeExecutionData): Look | undefined {
  const text = lookTextOf(item);
  if (text === undefined) return undefined;
  const look = unpack(text);
  if (isLook(look)) return look;
  throw validationError(
    'The field "claim.look" of this item was changed, so its record cannot be taken',
    'Run Sync Ledger: Claim again. If its output is pinned, unpin it first.',
  );
}
