import type { INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import { newest } from '../../../core/ledger/version';
import { resultItem } from '../../shared/items';
import type { Operation } from '../../shared/operation';
import { parameterReader } from '../../shared/parameters';
import { processItems } from '../../shared/process';
import { ledgerOf } from '../connection';
import { flowField, flowOf } from '../fields/flow';
import { textOf } from '../fields/value';
import { withField } from './output';

const ifNone: INodeProperties = {
  displayName: 'Value If None',
  name: 'valueIfNone',
  type: 'string',
  default: '',
  placeholder: 'e.g. 2026-01-01T00:00:00Z',
  description: 'What to put out when the flow has no watermark yet',
};

export const getWatermark: Operation = {
  name: 'Get Watermark',
  value: 'getWatermark',
  action: 'Get watermark',
  description: 'Get how far a flow has read, such as the date of the last change',
  properties: [flowField, ifNone],
  async execute(items) {
    const read = parameterReader(this);
    const flow = flowOf(this);
    return await processItems<number, string | null>(this, items, {
      prepare: (_item, index) => index,
      run: async (indexes) => {
        const watermark = await (await ledgerOf(this)).getWatermark(flow);
        return indexes.map((index) => ({
          ok: true,
          value: watermark ?? textOf(read<unknown>('valueIfNone', index)) ?? null,
        }));
      },
      output: (_item, watermark, index) => resultItem({ flow, watermark }, index),
    });
  },
};

const value: INodeProperties = {
  displayName: 'Value',
  name: 'value',
  type: 'string',
  default: '',
  required: true,
  placeholder: 'e.g. 2026-01-01T00:00:00Z',
  description:
    'How far the flow has read: a date, or a number that grows. Of many items the newest counts.',
};

const onlyForward: INodeProperties = {
  displayName: 'Only Forward',
  name: 'onlyForward',
  type: 'boolean',
  default: true,
  description: 'Whether to leave the watermark as it is when the value is older',
};

export const setWatermark: Operation = {
  name: 'Set Watermark',
  value: 'setWatermark',
  action: 'Set watermark',
  description: 'Set how far a flow has read',
  properties: [flowField, value, onlyForward],
  async execute(items) {
    const read = parameterReader(this);
    const flow = flowOf(this);
    return await processItems<string, string>(this, items, {
      prepare: (_item, index) => {
        const given = textOf(read<unknown>('value', index));
        if (given !== undefined) return given;
        throw validationError('The Value of the watermark is empty', 'Give a date or a number.');
      },
      run: async (values) => {
        const latest = values.reduce((a, b) => newest(a, b) ?? b);
        const forward = read<boolean>('onlyForward', 0);
        const ledger = await ledgerOf(this);
        const watermark = await ledger.setWatermark(flow, latest, { onlyForward: forward });
        return values.map(() => ({ ok: true, value: watermark }));
      },
      output: (item, watermark, index) => withField(item, 'ledger', { flow, watermark }, index),
    });
  },
};
