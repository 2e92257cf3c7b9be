/** The operations of 3dcart on all that is no order: what is asked, and what the shop keeps then. */
import { pick } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { by, byId } from './ask';
import { crudRows } from './crud';
import { valueOf } from './orders';
import { type OperationRow, pair } from './row';
import type { OperationsShop } from './shop';

const product = (fields: IDataObject): object => ({
  SKUInfo: pick(fields, 'SKU', 'Name', 'Price', 'Stock'),
});

const idOf =
  (name: string) =>
  (output: IDataObject): unknown =>
    output[name];

const plain: OperationRow[] = [
  ...crudRows({
    resource: 'customer',
    make: [
      { Email: 'byron@example.com', BillingFirstName: 'Ada' },
      { Email: 'hopper@example.com', BillingFirstName: 'Grace' },
    ],
    change: [{ Comments: 'one' }, { Comments: 'other' }],
    idOf: idOf('CustomerID'),
    kept: (customer) => ({ customer }),
  }),
  ...crudRows({
    resource: 'category',
    make: [{ CategoryName: 'One' }, { CategoryName: 'Other' }],
    change: [{ Sorting: 3 }, { Sorting: 4 }],
    idOf: idOf('CategoryID'),
  }),
  ...crudRows({
    resource: 'customerGroup',
    operations: ['create', 'get', 'getAll', 'update'],
    make: [{ Name: 'Trade' }, { Name: 'Staff' }],
    // What the panel does not name goes as JSON.
    change: [{ Description: 'one' }, { Description: 'other' }],
    idOf: idOf('CustomerGroupID'),
  }),
  ...crudRows({
    resource: 'product',
    make: [
      { SKU: 'NEW-1', Name: 'One', Price: 3, Stock: 1 },
      { SKU: 'NEW-2', Name: 'Other', Price: 4, Stock: 2 },
    ],
    change: [{ Price: 5 }, { Price: 6 }],
    idOf: ({ SKUInfo }) => (SKUInfo as IDataObject).CatalogID,
    kept: product,
    shows: product,
  }),
  ...crudRows({
    resource: 'webhook',
    operations: ['create', 'delete', 'getAll', 'update'],
    where: ({ sandbox }) => ({
      EventType: sandbox.services.threedcart.store.events()[0]?.EventType,
    }),
    make: [
      { Name: 'one', Url: 'https://n8n.example/one?key=made-up' },
      { Name: 'other', Url: 'https://n8n.example/other?key=made-up' },
    ],
    change: [{ Enabled: false }, { Format: 'XML' }],
    idOf: idOf('Id'),
  }),
];

/** Products of the seed that have variants. */
export const parentIds = (shop: OperationsShop): [string, string] => {
  const [one = '', other = ''] = shop
    .ids('product')
    .filter((id) => variantsOf(shop, id).length > 0);
  return [one, other];
};
export const variantsOf = (shop: OperationsShop, id: unknown): IDataObject[] =>
  (shop.kept('product', id)?.AdvancedOptionList ?? []) as IDataObject[];
/** Categories in which two products stand at least. */
const filledCategories = (shop: OperationsShop): string[] =>
  shop.ids('category').filter((id) => {
    const products = shop.sandbox.services.threedcart.store.products.values();
    const within = [...products].filter(({ CategoryList }) =>
      CategoryList.some(({ CategoryID }) => String(CategoryID) === id),
    );
    return within.length > 1;
  });

/** What has a SKU: here a product, and no variant. */
export const bySku = ({ sandbox }: OperationsShop, sku: unknown): object | undefined =>
  sandbox.services.threedcart.store.holderOf(String(sku))?.product.SKUInfo;

const others: OperationRow[] = [
  {
    resource: 'product',
    operation: 'getSkuInfo',
    ask: () => [
      { parameters: { product: by('sku', 'MUG-BLUE') } },
      { parameters: { product: by('sku', 'PAN-24') } },
    ],
    shows: (asked) => ({ SKU: valueOf(asked, 'product') }),
  },
  {
    resource: 'product',
    operation: 'updatePrices',
    ask: () => [{ json: { sku: 'MUG-BLUE', price: 4.5 } }, { json: { sku: 'PAN-24', price: 5.5 } }],
    bad: { json: { sku: 'MUG-BLUE' } },
    says: /^The item with SKU MUG-BLUE has no price/,
    shows: ({ json }) => json ?? {},
    kept: (shop, { json }) => ({ is: bySku(shop, json?.sku), expected: { Price: json?.price } }),
  },
  {
    resource: 'stock',
    operation: 'update',
    ask: () => [
      { json: { sku: 'MUG-BLUE', quantity: -3 } },
      { json: { sku: 'PAN-24', quantity: 7 } },
    ],
    bad: { json: { sku: 'MUG-BLUE', quantity: 'many' } },
    says: /^The quantity of SKU MUG-BLUE is not a number/,
    shows: ({ json }) => ({ sku: json?.sku, amount: json?.quantity }),
    kept: (shop, { json }) => ({ is: bySku(shop, json?.sku), expected: { Stock: json?.quantity } }),
  },
  {
    resource: 'variant',
    operation: 'getAll',
    ask: (shop) =>
      pair(
        parentIds(shop).map((id, index) => ({
          parameters: { product: byId(id), limit: index + 1 },
        })),
      ),
    counts: [1, 2],
  },
  {
    resource: 'variant',
    operation: 'update',
    ask: (shop) =>
      pair(
        parentIds(shop).map((id, index) => ({
          parameters: {
            product: byId(id),
            variant: byId(variantsOf(shop, id)[0]?.AdvancedOptionCode),
          },
          fields: { AdvancedOptionStock: 70 + index },
        })),
      ),
    kept: (shop, asked) => ({
      is: variantsOf(shop, valueOf(asked, 'product'))[0],
      expected: asked.fields,
    }),
  },
  {
    resource: 'addressBook',
    operation: 'getAll',
    ask: (shop) => pair(shop.ids('customer').map((id) => ({ parameters: { customer: byId(id) } }))),
    shows: (asked) => ({ CustomerID: Number(valueOf(asked, 'customer')) }),
    counts: [1, 1],
  },
  {
    resource: 'customerGroup',
    operation: 'getMembers',
    ask: (shop) => {
      const groups = shop.ids('customerGroup').slice(0, 2).map(Number);
      return pair(
        groups.map((CustomerGroupID, place) => {
          const { store } = shop.sandbox.services.threedcart;
          [...store.customers.values()].forEach(({ customer }, index) => {
            if (index % 2 === place) customer.CustomerGroupID = CustomerGroupID;
          });
          return { parameters: { customerGroup: byId(CustomerGroupID), limit: 1 } };
        }),
      );
    },
    shows: (asked) => ({ CustomerGroupID: Number(valueOf(asked, 'customerGroup')) }),
    counts: [1, 1],
  },
  {
    resource: 'category',
    operation: 'getProducts',
    ask: (shop) =>
      pair(
        filledCategories(shop).map((id, index) => ({
          parameters: { category: byId(id), limit: index + 1, simplify: false },
        })),
      ),
    shows: (asked) => ({
      CategoryList: expect.arrayContaining([
        expect.objectContaining({ CategoryID: Number(valueOf(asked, 'category')) }),
      ]) as object[],
    }),
    counts: [1, 2],
  },
  {
    resource: 'rma',
    operation: 'get',
    ask: (shop) =>
      pair(
        shop
          .ids('rma')
          .slice(0, 2)
          .map((each) => ({ parameters: { rma: byId(each) } })),
      ),
    shows: (asked) => ({ RMAID: Number(valueOf(asked, 'rma')) }),
    counts: [1, 1],
  },
  {
    resource: 'rma',
    operation: 'getAll',
    ask: () => [{ parameters: { limit: 1 } }, { parameters: { limit: 2 } }],
    counts: [1, 2],
  },
  {
    resource: 'webhook',
    operation: 'getEvents',
    asksNothing: true,
    ask: () => [{}, {}],
  },
];

export const recordRows: OperationRow[] = [...plain, ...others];
