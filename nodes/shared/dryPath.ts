/** Which items of a run are of a dry run, by what they carry and by the nodes that lead here: one answer for all nodes. */
import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  IPollFunctions,
  IWebhookFunctions,
  NodeTypeAndVersion,
} from 'n8n-workflow';

import { tokenOf } from './claims';
import { DRY_RUN, hasDryClaim, isClaimNode, isDryClaim } from './dryClaim';
import { hasLook } from './look';

type NodeContext = IExecuteFunctions | IPollFunctions | IWebhookFunctions;

const WITH_PARAMETERS = { includeNodeParameters: true };

const packageOf = (type: string): string => type.split('.').slice(0, -1).join('.');

/**
 * Tells of the nodes around this one which are of this package, write, and have their own Dry Run on. One that is switched off
 * counts as well: nothing is written by it.
 */
function dryWriters(context: NodeContext): (node: NodeTypeAndVersion) => boolean {
  const own = packageOf(context.getNode().type);
  return ({ type, parameters = {} }) =>
    packageOf(type) === own && !type.endsWith('.syncLedger') && parameters[DRY_RUN] === true;
}

/** Whether the workflow behind this node is dry, be it as a whole or in one node that writes. */
export function leadsToDryRun(context: NodeContext): boolean {
  const isDryWriter = dryWriters(context);
  const behind = context.getChildNodes(context.getNode().name, WITH_PARAMETERS);
  return behind.some((node) => isDryClaim(node) || isDryWriter(node));
}

/** The node that has put out what this one was given; undefined where n8n does not say it. */
function lastNode(context: IExecuteFunctions): string | undefined {
  try {
    return context.getInputSourceData().previousNode;
  } catch {
    return undefined;
  }
}

/**
 * The nodes that the items may have come through. Where several connections end in one input, n8n runs the node once for each,
 * and the other branches have nothing to do with it.
 */
function nodesBefore(context: IExecuteFunctions): NodeTypeAndVersion[] {
  const all = context.getParentNodes(context.getNode().name, WITH_PARAMETERS);
  const last = lastNode(context);
  if (last === undefined || !all.some(({ name }) => name === last)) return all;
  const before = new Set([last, ...context.getParentNodes(last).map(({ name }) => name)]);
  return all.filter(({ name }) => before.has(name));
}

/** Whether a *Sync Ledger: Claim* leads here that takes records for real, and has nothing to do with one in dry run. */
function hasRealClaim(
  context: IExecuteFunctions,
  before: NodeTypeAndVersion[],
  dry: NodeTypeAndVersion[],
): boolean {
  const namesBefore = (name: string): string[] =>
    context.getParentNodes(name).map((node) => node.name);
  const dryNames = new Set(dry.map(({ name }) => name));
  const beforeDry = new Set(dry.flatMap(({ name }) => namesBefore(name)));
  const isOnDryWay = ({ name }: NodeTypeAndVersion): boolean =>
    beforeDry.has(name) || namesBefore(name).some((one) => dryNames.has(one));
  return before.some((node) => isClaimNode(node) && !isDryClaim(node) && !isOnDryWay(node));
}

/** By the claims before this node: which items one in dry run speaks for, be it by its mark or because it leads here. */
function dryByClaim(
  context: IExecuteFunctions,
  before: NodeTypeAndVersion[],
): (item: INodeExecutionData) => boolean {
  const dry = before.filter(isDryClaim);
  if (dry.length === 0) return hasDryClaim;
  if (!hasRealClaim(context, before, dry)) return () => true;
  const isTaken = (item: INodeExecutionData): boolean =>
    tokenOf(item) !== undefined || hasLook(item);
  return (item) => hasDryClaim(item) || !isTaken(item);
}

const hasWrites = (value: unknown): boolean =>
  Array.isArray((value as { writes?: unknown } | undefined)?.writes);

/** Whether a node has said what it would write for the item, and has not written it. */
function isRehearsed({ json }: INodeExecutionData): boolean {
  return (
    hasWrites(json[DRY_RUN]) || hasWrites((json.details as IDataObject | undefined)?.[DRY_RUN])
  );
}

/**
 * Tells of each item whether nothing is written, taken or noted for it because of what is before this node. Everybody asks
 * here, so that what one node leaves unwritten no later one builds on or notes as done.
 *
 * It is of a dry claim: by its mark, or because such a claim leads here and the mark may have been dropped. Where one that is
 * not dry leads here as well, as behind a Merge, what has its claim is meant. Or a node with its own Dry Run on has rehearsed
 * it. Where such a node leads here, what does not carry its mark may have lost it: a row would be written that points to one
 * which is not there. What is not written only comes once more.
 */
export function dryByPath(context: IExecuteFunctions): (item: INodeExecutionData) => boolean {
  const before = nodesBefore(context);
  if (before.some(dryWriters(context))) return () => true;
  const isDry = dryByClaim(context, before);
  return (item) => isDry(item) || isRehearsed(item);
}
