/** Puts the payments of orders beside their documents, where a store keeps them apart. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { Outcome } from '../../../core/outcome';
import { recordIn, withinRecord } from '../input';
import { resultItem } from '../items';
import type { Operation } from '../operation';
import { parameterReader } from '../parameters';
import { eachOf, itemSteps, ITEMS_AT_ONCE } from '../steps';
import type { OpenedStore, StoreService } from './service';

interface PaymentsOfOrders {
  /** The field that the order's document gets. */
  field: string;
  /** The field in which the order's own document has its id. */
  idField: string;
  /** Whether the status of the order leaves it open that money was given back. */
  mayBeRefunded(document: IDataObject): boolean;
}

/** Of a store that is asked for the payments of one order. */
interface OneByOne<Store> {
  rows(store: Store, orderId: string): Promise<object[]>;
}

/** Of a store that may have to be asked for those of all orders together. */
interface AllTogether<Store> {
  /** @returns those of each document, in their order */
  all(store: Store, documents: IDataObject[]): Promise<Array<Outcome<object[]>>>;
}

export type AddedPayments<Store> = PaymentsOfOrders & (OneByOne<Store> | AllTogether<Store>);

const forField: INodeProperties = {
  displayName: 'For',
  name: 'for',
  type: 'options',
  noDataExpression: true,
  options: [
    {
      name: 'All Orders',
      value: 'all',
      description: 'Asks the store for the payments of every order; that may be one request each',
    },
    {
      name: 'Changed Orders',
      value: 'changed',
      description:
        'Only orders that were received before, by what Sync Ledger: Claim says of them, and those whose status says that money may have been given back. New orders cost no request.',
    },
  ],
  default: 'changed',
  description: 'Whose payments to read; all other orders pass as they are',
};

/** What the claim of an order says where its record is not new: something may have happened to its payments. */
const NOT_NEW: ReadonlySet<unknown> = new Set(['changed', 'retry', 'reclaimed']);

const isKnown = ({ claim }: IDataObject): boolean =>
  NOT_NEW.has((claim as IDataObject | null | undefined)?.outcome);

function orderId(document: IDataObject, field: string): string {
  const id = document[field];
  if ((typeof id === 'number' || typeof id === 'string') && id !== '') return String(id);
  throw validationError(
    `This item is not an order of the store: its field "${field}" is missing`,
    'Put Add Payments behind the node that puts out the orders, and before Commerce Map.',
  );
}

interface Work {
  document: IDataObject;
  id: string;
}

/** Many at once; a refusal is that order's alone, so that none is taken for unrefunded because nobody could look. */
export function addOrderPayments<Store extends OpenedStore>(
  { open }: StoreService<Store>,
  payments: AddedPayments<Store>,
): Operation {
  const { field, idField, mayBeRefunded } = payments;
  return {
    name: 'Add Payments',
    value: 'addPayments',
    action: 'Add payments to orders',
    description: `Add the payments and refunds of each order to its document, in the field ${field}`,
    properties: [forField],
    onlyReads: true,
    async start(context) {
      const store = await open(context);
      const isForAll = parameterReader(context)<string>('for', 0, 'changed') === 'all';
      return itemSteps<Work, object[]>({
        prepare: (item) => {
          const document = recordIn(item.json);
          if (!isForAll && !isKnown(item.json) && !mayBeRefunded(document)) return undefined;
          return { document, id: orderId(document, idField) };
        },
        run:
          'all' in payments
            ? async (works) =>
                await payments.all(
                  store,
                  works.map(({ document }) => document),
                )
            : eachOf(ITEMS_AT_ONCE, async ({ id }) => await payments.rows(store, id)),
        output: ({ json, binary }, rows, index) => ({
          ...resultItem(withinRecord(json, { [field]: rows as IDataObject[] }), index),
          ...(binary && { binary }),
        }),
      });
    },
  };
}
