import type { INodeProperties } from 'n8n-workflow';

import type { Failure } from '../../../core/ledger/ledger';
import { DEFAULT_MAX_ATTEMPTS } from '../../../core/ledger/retry';
import type { Operation } from '../../shared/operation';
import { parameterReader } from '../../shared/parameters';
import { claimOf } from '../claimed';
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

interface Work extends Failure {
  key: string;
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
    const { maxAttempts } = read<{ maxAttempts?: number }>('options', 0, {});
    return settling<Work>(context, {
      prepare: (item) => ({ ...claimOf(item), ...failureOf(item.json) }),
      settle: (ledger, all) => ledger.fail(all, { maxAttempts }),
    });
  },
};
