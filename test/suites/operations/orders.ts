/** Orders of a shop, as items of the table name them. */
import type { IDataObject } from 'n8n-workflow';

import { presetMapper } from '../../support/presetMapper';
import { byId } from './ask';
import { type Asked, type Kept, pair } from './row';
import type { OperationsShop } from './shop';

/** The record that a parameter names. */
export const valueOf = ({ parameters }: Asked, name: string): unknown =>
  (parameters?.[name] as IDataObject | undefined)?.value;

export const orderIn = (asked: Asked): unknown => valueOf(asked, 'order');

/** The order of the shop that an item names. */
export const orderOf = (shop: OperationsShop, asked: Asked) => shop.kept('order', orderIn(asked));

/** The first two orders, each with parameters of its own. */
export const ofOrder = (
  shop: OperationsShop,
  more: readonly [IDataObject, IDataObject] = [{}, {}],
): [Asked, Asked] =>
  pair(more.map((each, index) => ({ parameters: { order: byId(shop.orders[index]), ...each } })));

/** Two orders whose fields are written. */
export const withFields = (
  shop: OperationsShop,
  fields: readonly [IDataObject, IDataObject],
): [Asked, Asked] => pair(ofOrder(shop).map((one, index) => ({ ...one, fields: fields[index] })));

/** More than one request takes in any store. */
export const MANY = 120;

/** Many orders, each with parameters of its own. */
export const ofManyOrders = async (
  shop: OperationsShop,
  parameters: (index: number) => IDataObject,
): Promise<Asked[]> =>
  (await shop.place(MANY)).map((id, index) => ({
    parameters: { order: byId(id), ...parameters(index) },
  }));

/** What a preset makes of a piece of an order alone: it knows the order, the store and, of money, the currency. */
export const mappedPiece =
  (shop: 'clarity' | 'threedcart' | 'xcart', kind: string) =>
  (asked: Asked, output: IDataObject): Kept => {
    const source = output['source'] as IDataObject;
    const toCommon = presetMapper(`${shop}.${kind}`, `commerce.${kind}`, { source });
    const { orderId, currency, source: of } = toCommon(output);
    const expected = { orderId: String(orderIn(asked)), store: 'main' };
    const money = kind === 'shipment' ? {} : { currency: 'USD' };
    return {
      is: {
        orderId,
        store: (of as IDataObject)['store'],
        ...(kind !== 'shipment' && { currency }),
      },
      expected: { ...expected, ...money },
    };
  };
