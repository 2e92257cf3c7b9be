/** The records of 3dcart, as its API and its webhooks show them. */
import type { IDataObject } from 'n8n-workflow';

import {
  type KindUnderTest,
  type Operations,
  operationsOf,
  type Parameters,
  rewriting,
  type ToTell,
  USUAL_OPERATIONS,
} from './service';

const setStatus = (id: unknown, status: unknown): Parameters => ({
  ...USUAL_OPERATIONS.getOrder(String(id)),
  operation: 'updateStatus',
  status: String(status),
});
const CANCELLED = 5;

export const THREEDCART_OPERATIONS: Operations = {
  ...USUAL_OPERATIONS,
  rewriteOrder: ({ OrderID, OrderStatusID }) => setStatus(OrderID, OrderStatusID),
  changeAndBack: ({ OrderID, OrderStatusID }) => [
    setStatus(OrderID, CANCELLED),
    setStatus(OrderID, OrderStatusID),
  ],
  writeBack: ({ OrderID }) =>
    ['AlternateOrderID', 'InternalComments', 'ExternalComments'].map((into) => ({
      ...USUAL_OPERATIONS.getOrder(String(OrderID)),
      ...{ operation: 'writeBackNumber', number: 'SO-1001', label: 'ERP order', into },
    })),
};

const skuInfoOf = ({ SKUInfo }: IDataObject): IDataObject => SKUInfo as IDataObject;

export const THREEDCART_KINDS: readonly KindUnderTest[] = [
  {
    kind: 'product',
    many: 'products',
    operations: {
      ...operationsOf('product'),
      rewriteOrder: (product) => {
        const { CatalogID, Name } = skuInfoOf(product);
        return rewriting('product', String(CatalogID), { Name });
      },
    },
    idOf: (product) => String(skuInfoOf(product).CatalogID),
    hasSource: true,
    pageSize: 200,
  },
  {
    kind: 'customer',
    many: 'customers',
    operations: {
      ...operationsOf('customer'),
      rewriteOrder: ({ CustomerID, Comments }) =>
        rewriting('customer', String(CustomerID), { Comments }),
    },
    idOf: ({ CustomerID }) => String(CustomerID),
    // No field of a customer is a date, and the filter by them knows days.
    byContent: true,
    wholeDays: true,
    hasSource: true,
    pageSize: 500,
  },
];

/** A delivery is the record itself, and says nothing of what has happened. */
export function threeDCartBody({ id, kind }: ToTell): string {
  if (kind === 'product') return `[{"SKUInfo":{"CatalogID":${id}}}]`;
  return kind === 'customer' ? `[{"CustomerID":${id}}]` : `[{"OrderID":${id}}]`;
}
