import { get, upperFirst } from 'lodash';
import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import {
  closeDocuments,
  type Closed,
  type ToClose,
} from '../../../../core/dynamics/dataverse/sales/close';
import { SALES_ORDER as DOCUMENT } from '../../../../core/dynamics/dataverse/sales/salesOrder';
import { validationError } from '../../../../core/errors';
import { withResult } from '../../../shared/input';
import type { Operation } from '../../../shared/operation';
import { itemSteps } from '../../../shared/steps';
import { changeOptionFields } from '../../../shared/table/fields/options';
import { type TableReader, tableReader } from '../../../shared/table/reader';
import { countOf } from '../../../shared/typed';
import { dataverseKeys } from '../../keys';
import { setUp } from '../../options';
import { SALES_ORDER } from '../../subjects';
import { dataverseTables } from '../../tables';

interface Closing {
  name: string;
  value: 'fulfill' | 'cancel';
  outcome: 'fulfilled' | 'canceled';
  description: string;
  /** Field to choose the status reason. */
  reason: INodeProperties;
}

/** The path of a field costs nothing for each item, where an expression does. */
const idField: INodeProperties = {
  displayName: 'ID From Field',
  name: 'idField',
  type: 'string',
  default: '',
  required: true,
  placeholder: 'e.g. salesorder.salesorderid',
  description:
    'Name of the input field that holds the ID, such as the key that Commerce Map has made; dots lead deeper',
};

function idInField(reader: TableReader, { json }: INodeExecutionData, index: number): string {
  const path = reader.read<string>('idField', index).trim();
  const id: unknown = get(json, path);
  if (typeof id === 'string' && id.trim() !== '') return id.trim();
  throw validationError(
    `The field "${path}" of this item holds no ID of an order`,
    'Name in ID From Field the field that does, such as salesorder.salesorderid behind Commerce Map.',
  );
}

const note: INodeProperties = {
  displayName: 'Subject',
  name: 'subject',
  type: 'string',
  default: '',
  placeholder: 'e.g. Shipped by the warehouse',
  description: 'Text of the activity that records the change',
};

const calmOptions = (outcome: Closing['outcome']): INodeProperties[] => [
  {
    displayName: `When Already ${upperFirst(outcome)}`,
    name: 'whenClosed',
    type: 'options',
    default: 'fail',
    description: `What to do with an order that is ${outcome} already`,
    options: [
      { name: 'Fail', value: 'fail', description: 'Treat the item as failed' },
      { name: 'Skip', value: 'skip', description: 'Put the item out as unchanged' },
    ],
  },
  {
    displayName: 'When Not Found',
    name: 'whenNotFound',
    type: 'options',
    default: 'fail',
    description: 'What to do with an order that is not in Dynamics 365',
    options: [
      { name: 'Fail', value: 'fail', description: 'Treat the item as failed' },
      { name: 'Skip', value: 'skip', description: 'Put the item out as skipped' },
    ],
  },
];

function closing({ name, value, outcome, description, reason }: Closing): Operation {
  return {
    name,
    value,
    action: `${name} sales order`,
    description,
    properties: [
      ...dataverseKeys.fields(SALES_ORDER, [idField]),
      reason,
      note,
      changeOptionFields(dataverseTables, calmOptions(outcome)),
    ],
    async start(context) {
      const { client, metadata, options, headers } = await setUp(context);
      const reader = tableReader(context, {
        subject: SALES_ORDER,
        metadata,
      });
      return itemSteps<ToClose, Closed>({
        prepare: (item, index) => {
          const isInField = reader.read<string>('keyType', index) === 'idField';
          const id = isInField
            ? idInField(reader, item, index)
            : dataverseKeys.read(reader, SALES_ORDER, index);
          if (typeof id !== 'string') {
            throw validationError(
              `${name} takes the ID of an order`,
              'Set Find By to ID or ID From Field. Get finds the ID by an alternate key.',
            );
          }
          return {
            id,
            status: countOf('statusReason', reader.read<unknown>(reason.name, index)),
            subject: reader.read<string>('subject', index, '') || name,
          };
        },
        run: (orders) => closeDocuments(client, DOCUMENT, value, orders, { ...options, headers }),
        output: (item, result, index) => {
          const shown = {
            ...result,
            outcome: result.outcome === 'closed' ? outcome : result.outcome,
          };
          return withResult(item, options.outputField ?? '', shown, index);
        },
      });
    },
  };
}

export const fulfillSalesOrder = closing({
  name: 'Fulfill',
  value: 'fulfill',
  outcome: 'fulfilled',
  description: 'Close an order as shipped; it can no longer be changed',
  reason: {
    displayName: 'Status Reason',
    name: 'fulfillReason',
    type: 'options',
    default: 100001,
    description: 'How much of the order has left',
    options: [
      { name: 'Complete', value: 100001 },
      { name: 'Partial', value: 100002 },
    ],
  },
});

export const cancelSalesOrder = closing({
  name: 'Cancel',
  value: 'cancel',
  outcome: 'canceled',
  description: 'Close an order as canceled; it can no longer be changed',
  reason: {
    displayName: 'Status Reason',
    name: 'cancelReason',
    type: 'options',
    default: 4,
    description: 'Why the order is canceled; an environment may have reasons of its own',
    options: [{ name: 'No Money', value: 4 }],
  },
});
