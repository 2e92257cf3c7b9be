import type {
  IDataObject,
  INodeExecutionData,
  INodeProperties,
  NodeTypeAndVersion,
} from 'n8n-workflow';

/**
 * Name of the switch, on the nodes that write and on *Sync Ledger: Claim*, which speaks for all nodes after it; and of the mark
 * of what comes out of that.
 */
export const DRY_RUN = 'dryRun';

/**
 * The switch, wherever it stands. No expression: whether a node writes shall be seen in its panel, and not come from a document.
 */
export const dryRunSwitch = (description: string): INodeProperties => ({
  displayName: 'Dry Run',
  name: DRY_RUN,
  type: 'boolean',
  noDataExpression: true,
  default: false,
  description,
});

const CLAIM = 'claim';

/** What a *Sync Ledger: Claim* in dry run says of a record: it was not taken. */
export interface DryClaim {
  flow: string;
  key: string;
  /** `id` of the ledger that was asked. */
  ledger: string;
  /** Which attempt it would be. */
  attempt: number;
  outcome: string;
}

/** Whether the item comes out of a claim in dry run: nothing is written for it. */
export function hasDryClaim({ json: { claim } }: INodeExecutionData): boolean {
  return typeof claim === 'object' && claim !== null && (claim as IDataObject)[DRY_RUN] === true;
}

/** undefined: the item has no claim of a dry run, or not all that belongs to it. */
export function dryClaimOf(item: INodeExecutionData): DryClaim | undefined {
  if (!hasDryClaim(item)) return undefined;
  const { flow, key, ledger, attempt, outcome } = item.json.claim as IDataObject;
  if (typeof flow !== 'string' || typeof key !== 'string') return undefined;
  return {
    ...{ flow, key, ledger: String(ledger ?? ''), outcome: String(outcome ?? '') },
    attempt: Number(attempt) || 1,
  };
}

/** Whether a node of the workflow is a *Sync Ledger: Claim*; asked for with its parameters. */
export function isClaimNode({ type, parameters = {} }: NodeTypeAndVersion): boolean {
  // n8n saves no default, and Claim is what a Sync Ledger starts with.
  const { operation = CLAIM } = parameters;
  return type.split('.').at(-1) === 'syncLedger' && operation === CLAIM;
}

/**
 * Whether it is one in dry run. One that is switched off counts as well: the person who has set it so wanted nothing written.
 */
export function isDryClaim(node: NodeTypeAndVersion): boolean {
  return isClaimNode(node) && node.parameters?.[DRY_RUN] === true;
}
