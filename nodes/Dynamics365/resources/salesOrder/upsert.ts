import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { SalesOrderDocument } from '../../../../core/dynamics/dataverse/sales/documents';
import { refuseShared } from '../../../../core/dynamics/dataverse/sales/oneRecord';
import type { SalesResult } from '../../../../core/dynamics/dataverse/sales/result';
import { SALES_ORDER as DOCUMENT } from '../../../../core/dynamics/dataverse/sales/salesOrder';
import { writeSalesDocuments } from '../../../../core/dynamics/dataverse/sales/write';
import type { Outcome } from '../../../../core/outcome';
import { guidIn } from '../../../../core/values';
import { conflictOptions, conflictsOf, factsOf } from '../../../shared/conflicts';
import { withResult } from '../../../shared/input';
import { recordOf } from '../../../shared/itemRecord';
import { memoryFor } from '../../../shared/memory';
import type { Operation } from '../../../shared/operation';
import { itemSteps } from '../../../shared/steps';
import { columnFieldsOfDocument } from '../../../shared/table/fields/columns';
import { documentWriteOptionFields } from '../../../shared/table/fields/options';
import { tableReader } from '../../../shared/table/reader';
import { setUp, systemOf } from '../../options';
import { SALES_ORDER } from '../../subjects';
import { dataverseTables } from '../../tables';
import { noteOrders } from './executionData';

const ownOptions: INodeProperties[] = [
  {
    displayName: 'Fail on Total Difference',
    name: 'failOnTotalDifference',
    type: 'boolean',
    default: false,
    description:
      'Whether an order whose total differs from its expectedtotal counts as failed; it is written all the same',
  },
  {
    displayName: 'Unknown Products',
    name: 'unknownProducts',
    type: 'options',
    default: 'fail',
    description: 'What to do with a line whose SKU (productnumber) is not in Dynamics 365',
    options: [
      { name: 'Fail', value: 'fail', description: 'Do not write the order' },
      {
        name: 'Write In',
        value: 'write-in',
        description: 'Write the line with the description of the product in place of a product',
      },
    ],
  },
];

function shown({ id, outcome, ...more }: SalesResult<'ordernumber'>): object {
  const { ordernumber, name, totalamount, lines, totaldifference, decisions, notes } = more;
  return {
    id,
    outcome,
    ordernumber,
    name,
    totalamount,
    lines,
    totaldifference,
    ...(decisions && { decisions }),
    ...(notes && { notes }),
  };
}

interface Work {
  document: SalesOrderDocument;
  item: INodeExecutionData;
}

type SalesOutcome = Outcome<SalesResult<'ordernumber'>>;

/** As the writer spells it. */
const idOf = (id: unknown): string => guidIn(id) ?? String(id);

/** With lines, prices as given, and each order exactly once. */
export const upsertSalesOrder: Operation = {
  name: 'Create or Update',
  value: 'upsert',
  action: 'Create or update sales order with lines',
  description: 'Create a new record, or update the current one if it already exists (upsert)',
  properties: [
    ...columnFieldsOfDocument('salesorder'),
    documentWriteOptionFields(dataverseTables, [
      ...ownOptions,
      ...conflictOptions('getWritableColumns', 'order_details'),
    ]),
  ],
  async start(context) {
    const { client, metadata, options } = await setUp(context);
    const reader = tableReader(context, {
      subject: SALES_ORDER,
      metadata,
      service: client.service,
      whenMissing: options.whenMissing,
    });
    return itemSteps<Work, SalesResult<'ordernumber'>>({
      prepare: (item, index) => {
        const document = reader.columns(item, index) as SalesOrderDocument | undefined;
        return document && { document, item };
      },
      run: async (all) => {
        const refused = refuseShared(
          DOCUMENT,
          all.map(({ document }) => document),
          all.map(({ item }) => recordOf(item)),
        );
        const accepted = all.filter((_, place) => !refused[place]);
        const documents = accepted.map(({ document }) => document);
        const items = accepted.map(({ item }) => item);
        const places = new Map(documents.map(({ salesorderid: id }, place) => [idOf(id), place]));
        const table = { system: systemOf(client), table: 'salesorder' };
        const written = await writeSalesDocuments(client, DOCUMENT, documents, {
          ...options,
          conflicts: conflictsOf(options),
          factsOf: (place) => factsOf(items[place]),
          memory: memoryFor(context, items).of(table, (id) => places.get(id)),
        });
        const rest = written.values();
        const outcomes = refused.map((error): SalesOutcome =>
          error ? { ok: false, error } : (rest.next().value as SalesOutcome),
        );
        noteOrders(
          context,
          all.map(({ document }) => document),
          outcomes,
        );
        return outcomes;
      },
      output: (item, result, index) =>
        withResult(item, options.outputField ?? '', shown(result), index),
    });
  },
};
