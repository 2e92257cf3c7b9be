import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { Failure } from '../../../core/ledger/ledger';
import type { LedgerState } from '../../../core/ledger/record';
import { DEFAULT_MAX_ATTEMPTS, judge } from '../../../core/ledger/retry';
import type { Operation } from '../../shared/operation';
import { parameterReader } from '../../shared/parameters';
import { type Claim, claimOf } from '../claimed';
import { failureOf } from '../failure';
import { settling } from './settling';

const options: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: [
    {
      displayName: 'Maximum Attempts',
      name: 'maxAttempts',
      type: 'number',
      typeOptions: { minValue: 1 },
      default: DEFAULT_MAX_ATTEMPTS,
      description:
        'How often a record is sent at most before it becomes a dead letter. What only a person can repair becomes one at once.',
    },
  ],
};

type Work = Failure & Claim;

/** What fails before anything is claimed is no record that could be kept: its own reason is then what a person has to read. */
function claimOfFailed(item: INodeExecutionData, run: string): Claim {
  if (item.json.claim !== undefined || item.json.error === undefined) return claimOf(item, run);
  const { message, details } = failureOf(item.json);
  throw validationError(
    `This item failed before Sync Ledger: Claim, so that there is nothing to keep: ${message}`,
    details.fix ?? 'Repair what the node before says.',
  );
}

/** What would become of a record that fails for the first time after it was looked at, or in a dry run. */
function wouldBecome(
  { details, look, attempt = 1 }: Work,
  maxAttempts = DEFAULT_MAX_ATTEMPTS,
): LedgerState | undefined {
  const attempts = look?.attempt ?? attempt;
  const { class: errorClass, rule } = details;
  const row = rule && { isPassed: false, isShared: false };
  return judge({ class: errorClass, attempts, maxAttempts, row, random: 0 }).state;
}

export const fail: Operation = {
  name: 'Fail',
  value: 'fail',
  action: 'Fail records',
  description:
    'Note that claimed records could not be sent: they are tried again when due, or become dead letters, or are held',
  properties: [options],
  start(context) {
    const read = parameterReader(context);
    const run = context.getExecutionId();
    const { maxAttempts } = read.forAll<{ maxAttempts?: number }>(options, {});
    return settling<Work>(context, {
      prepare: (item) => ({ ...claimOfFailed(item, run), ...failureOf(item.json) }),
      wouldBecome: (work) => wouldBecome(work, maxAttempts),
      says: ({ message, details }) => ({ reason: message, repair: details.fix }),
      settle: (ledger, all) => ledger.fail(all, { maxAttempts }),
    });
  },
};
