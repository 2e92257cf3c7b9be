import { camelCase, upperFirst } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { sourceOf } from './items';
import type { KindUnderTest, StoreUnderTest } from './service';

/** What a trigger follows, as the cases need it. */
export interface FollowedUnderTest extends Required<
  Pick<KindUnderTest, 'kind' | 'one' | 'many' | 'idOf' | 'isOne' | 'shownAlike' | 'requestsForOne'>
> {
  /** Of the trigger, beside those of the case. */
  parameters: IDataObject;
  /** All as in `KindUnderTest`. */
  byContent: boolean;
  wholeDays: boolean;
  hasSource: boolean;
}

export const ordersOf = ({ requestsFor, byContent }: StoreUnderTest): FollowedUnderTest => ({
  kind: 'order',
  one: 'order',
  many: 'orders',
  idOf: (item) => String(sourceOf(item).id),
  isOne: () => true,
  shownAlike: (document) => document,
  requestsForOne: requestsFor?.one ?? 1,
  parameters: {},
  byContent: byContent ?? false,
  wholeDays: false,
  hasSource: true,
});

export const otherKind = (
  { requestsFor: _orders, ...store }: StoreUnderTest,
  kind: KindUnderTest,
): FollowedUnderTest => ({
  ...ordersOf(store),
  ...kind,
  one: kind.one ?? kind.kind,
  hasSource: kind.hasSource ?? false,
  byContent: kind.byContent ?? false,
  wholeDays: kind.wholeDays ?? false,
  parameters: { triggerOn: kind.kind },
});

/** `maxOrders` */
export const maxOption = ({ many }: FollowedUnderTest, max: number): IDataObject => ({
  [`max${upperFirst(camelCase(many))}`]: max,
});

/** The store as it is for records of a kind in the place of orders. */
export function serviceFor(
  service: StoreUnderTest,
  { operations, pageSize = service.pageSize }: KindUnderTest,
): StoreUnderTest {
  return {
    ...service,
    pageSize,
    numberOf: undefined,
    operations: { updateStock: service.operations.updateStock, ...operations },
  };
}
