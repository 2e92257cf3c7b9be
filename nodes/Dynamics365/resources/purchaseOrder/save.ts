import type { INodeProperties } from 'n8n-workflow';

import type {
  PurchaseOrder,
  PurchaseResult,
} from '../../../../core/dynamics/dataverse/purchase/orderJobs';
import { writePurchaseOrders } from '../../../../core/dynamics/dataverse/purchase/writePurchaseOrders';
import { withResult } from '../../../shared/input';
import { recordKeyIn } from '../../../shared/itemRecord';
import type { Operation } from '../../../shared/operation';
import { itemSteps } from '../../../shared/steps';
import { foundTable } from '../../../shared/table/candidates';
import { columnFieldsOfDocument } from '../../../shared/table/fields/columns';
import { documentWriteOptionFields } from '../../../shared/table/fields/options';
import { tableReader } from '../../../shared/table/reader';
import { PURCHASE_ORDER } from '../../businessSubjects';
import { setUp } from '../../options';
import { dataverseTables } from '../../tables';

interface Work {
  document: PurchaseOrder;
  record: string | undefined;
}

const NOTICE: INodeProperties = {
  displayName:
    'One document: the columns of the order, and <code>vendornumber</code>, <code>warehouse</code> and <code>lines</code> (each with <code>productnumber</code>, <code>uom</code> and columns of the line). An item that is of no record (neither <code>source</code> nor <code>claim</code>) and names no <code>msdyn_purchaseorderid</code> makes another order with every run.',
  name: 'saveNotice',
  type: 'notice',
  default: '',
};

/** Order and lines together or not at all, known by the record that the item is of (source, or else its claim) and by its vendor. */
export const savePurchaseOrder: Operation = {
  name: 'Save With Lines',
  value: 'saveWithLines',
  action: 'Create or update purchase order with lines',
  description:
    'Create or update a record with its lines, all or nothing: columns of Field Service, and vendornumber, warehouse, lines with productnumber and uom',
  properties: [
    NOTICE,
    ...columnFieldsOfDocument('purchaseorder'),
    documentWriteOptionFields(dataverseTables, []),
  ],
  async start(context) {
    const { client, metadata, options, headers } = await setUp(context);
    const reader = tableReader(context, {
      subject: PURCHASE_ORDER,
      metadata,
      service: client.service,
      whenMissing: options.whenMissing,
    });
    return itemSteps<Work, PurchaseResult>({
      prepare: async (item, index) => {
        const document = reader.columns(item, index) as PurchaseOrder | undefined;
        if (!document) return undefined;
        await foundTable(metadata, PURCHASE_ORDER, '');
        return { document, record: recordKeyIn(item) };
      },
      run: (works) =>
        writePurchaseOrders(
          client,
          metadata,
          works.map(({ document }) => document),
          { headers, recordOf: (place) => works[place]?.record },
        ),
      output: (item, result, index) => withResult(item, options.outputField ?? '', result, index),
    });
  },
};
