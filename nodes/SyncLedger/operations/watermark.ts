import type { INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import { newest } from '../../../core/ledger/version';
import { resultItem } from '../../shared/items';
import type { Operation } from '../../shared/operation';
import { parameterReader } from '../../shared/parameters';
import { itemSteps, together } from '../../shared/steps';
import { flagOf } from '../../shared/typed';
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
  start(context) {
    const read = parameterReader(context);
    const flow = flowOf(context);
    return itemSteps<number, string | null>({
      prepare: (_item, index) => index,
      run: together(async (indexes) => {
        const watermark = await (await ledgerOf(context)).getWatermark(flow);
        return indexes.map(
          (index) => watermark ?? textOf(read<unknown>('valueIfNone', index)) ?? null,
        );
      }),
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
  start(context) {
    const read = parameterReader(context);
    const flow = flowOf(context);
    return itemSteps<string, string>({
      prepare: (_item, index) => {
        const given = textOf(read<unknown>('value', index));
        if (given !== undefined) return given;
        throw validationError('The Value of the watermark is empty', 'Give a date or a number.');
      },
      run: together(async (values) => {
        const latest = values.reduce((a, b) => newest(a, b) ?? b);
        const forward = flagOf(onlyForward.name, read.forAll(onlyForward));
        const ledger = await ledgerOf(context);
        const watermark = await ledger.setWatermark(flow, latest, { onlyForward: forward });
        return values.map(() => watermark);
      }),
      output: (item, watermark, index) => withField(item, 'ledger', { flow, watermark }, index),
    });
  },
};
