import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { RecordLink } from '../../../core/ledger/record';
import type { Operation } from '../../shared/operation';
import { parameterReader } from '../../shared/parameters';
import { itemSteps, together } from '../../shared/steps';
import { ledgerOf } from '../connection';
import { flowField, flowOf } from '../fields/flow';
import { recordFields, recordKeyOf } from '../fields/record';
import { targetFields, targetOf, writtenField, writtenHashOf } from '../fields/target';
import { withField } from './output';

const options: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: [writtenField],
};

export const link: Operation = {
  name: 'Link',
  value: 'link',
  action: 'Link records',
  description:
    'Note where records are in another system, such as those that were there before this flow began',
  properties: [
    ...recordFields('source', 'fields', 'key'),
    ...targetFields.map((field) => ({ ...field, required: true })),
    flowField,
    options,
  ],
  start(context) {
    const read = parameterReader(context);
    const flow = flowOf(context);
    return itemSteps<RecordLink, RecordLink>({
      prepare: (item, index) => {
        const key = recordKeyOf(read, item, index);
        const target = targetOf(read, item, index);
        if (target) return { flow, key, ...target, targetHash: writtenHashOf(read, item, index) };
        throw validationError(
          'The Target ID Field has no value in this item',
          'Name the field that holds the ID of the row in the other system.',
        );
      },
      run: together(async (links) => {
        await (await ledgerOf(context)).link(links);
        return links;
      }),
      output: (item, { key, system, table, id }, index) => {
        const ledger: IDataObject = { key, flow, target: { system, table, id } };
        return withField(item, 'ledger', ledger, index);
      },
    });
  },
};
