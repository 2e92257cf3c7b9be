import { upperFirst } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { sourceOf } from './items';
import type { KindUnderTest, StoreUnderTest } from './service';

/** What a trigger follows, as the cases need it. */
export interface FollowedUnderTest extends Required<
  Pick<KindUnderTest, 'kind' | 'many' | 'idOf' | 'isOne' | 'shownAlike' | 'requestsForOne'>
> {
  /** Of the trigger, beside those of the case. */
  parameters: IDataObject;
  /** Its whole list is read and compared: no order of changes, and no request for those of a day alone. */
  byContent: boolean;
}

export const ORDERS: FollowedUnderTest = {
  kind: 'order',
  many: 'orders',
  idOf: (item) => String(sourceOf(item).id),
  isOne: () => true,
  shownAlike: (document) => document,
  requestsForOne: 1,
  parameters: {},
  byContent: false,
};

export const otherKind = (kind: KindUnderTest): FollowedUnderTest => ({
  ...ORDERS,
  ...kind,
  parameters: { triggerOn: kind.kind },
  byContent: true,
});

/** `maxOrders` */
export const maxOption = ({ many }: FollowedUnderTest, max: number): IDataObject => ({
  [`max${upperFirst(many)}`]: max,
});

/** The store as it is for records of a kind in the place of orders. */
export function serviceFor(service: StoreUnderTest, { operations }: KindUnderTest): StoreUnderTest {
  return {
    ...service,
    numberOf: undefined,
    operations: { updateStock: service.operations.updateStock, ...operations },
  };
}
