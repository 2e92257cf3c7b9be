/** What a shop has beside its products, with the fields of X-Cart's input classes (`API/Endpoint/<Name>/DTO`, 5.5). */
import type { INodeProperties } from 'n8n-workflow';

import { productLocator } from '../locators';
import { partsOf, pricedPlace } from './places';
import { type Thing, thingsOf } from './things';
import {
  choice,
  flag,
  ids,
  longText,
  membership,
  moment,
  money,
  number,
  PERCENT_OR_MONEY,
  text,
} from './words';

const needed = (field: INodeProperties): INodeProperties => ({ ...field, required: true });
const name = needed(text('Name', 'name'));
const position = number('Position', 'position');

const LISTS = ['product_classes', 'memberships', 'zones', 'products', 'categories'];
const [productClasses, memberships, zones, products, categories] = [
  ids('Product Class IDs', 'product_classes', {
    description: 'Only for products of these classes',
  }),
  ids('Membership IDs', 'memberships', {
    description: 'Only for customers with these memberships',
  }),
  ids('Zone IDs', 'zones', { description: 'Only for customers who live in these zones' }),
  ids('Product IDs', 'products', { description: 'Hold only while Specific Products is on' }),
  ids('Category IDs', 'categories', { description: 'Only for products of these categories' }),
];
const specific = flag(
  'Specific Products',
  'specific_products',
  'Whether it is only for the products of Product IDs',
);
const span = [moment('Begins At', 'date_range_begin'), moment('Ends At', 'date_range_end')];

const NAMED: Thing[] = [
  {
    name: 'Attribute Group',
    value: 'attributeGroup',
    many: 'attribute groups',
    method: 'searchAttributeGroups',
    path: () => ['attribute_groups'],
    required: [name],
    optional: [position],
    entry: ['name'],
  },
  {
    name: 'Membership',
    value: 'membership',
    many: 'memberships',
    method: 'searchMemberships',
    path: () => ['memberships'],
    required: [name],
    optional: [flag('Enabled', 'enabled', 'Whether customers can have it', true)],
    entry: ['name'],
  },
  {
    name: 'Product Class',
    value: 'productClass',
    many: 'product classes',
    method: 'searchProductClasses',
    path: () => ['product_classes'],
    required: [name],
    entry: ['name'],
  },
  {
    name: 'Product Tag',
    value: 'productTag',
    many: 'product tags',
    method: 'searchProductTags',
    path: () => ['product_tags'],
    addOn: 'Product Tags',
    required: [name],
    entry: ['name'],
  },
  {
    name: 'Tax Class',
    value: 'taxClass',
    many: 'tax classes',
    method: 'searchTaxClasses',
    path: () => ['tax_classes'],
    required: [name],
    entry: ['name'],
  },
];

const DISCOUNTS: Thing[] = [
  {
    name: 'Coupon',
    value: 'coupon',
    many: 'coupons',
    method: 'searchCoupons',
    path: () => ['coupons'],
    addOn: 'Coupons',
    required: [
      needed(
        text('Code', 'code', {
          placeholder: 'e.g. SPRING26',
          description: 'What customers enter: 4 to 16 characters, each coupon its own',
        }),
      ),
    ],
    optional: [
      categories,
      longText('Comment', 'comment', { description: 'For the staff alone' }),
      money('Discount', 'value', { description: 'In percent or in money, as Discount Type says' }),
      choice('Discount Type', 'type', PERCENT_OR_MONEY),
      flag('Enabled', 'enabled', 'Whether customers can use it', true),
      money('Highest Subtotal', 'total_range_end', { description: '0: any' }),
      money('Lowest Subtotal', 'total_range_begin'),
      memberships,
      productClasses,
      products,
      flag('Single Use', 'single_use', 'Whether it excludes other coupons of the same order'),
      specific,
      number('Uses', 'uses_limit', { description: 'How often it can be used. 0: without end.' }),
      number('Uses per Customer', 'uses_limit_per_user', { description: '0: without end' }),
      zones,
      ...span,
    ],
    lists: LISTS,
    entry: ['code', 'comment'],
    simple: [
      'id',
      'code',
      'enabled',
      'value',
      'type',
      'date_range_begin',
      'date_range_end',
      'uses_limit',
    ],
  },
  {
    name: 'Sale Discount',
    value: 'saleDiscount',
    many: 'sale discounts',
    method: 'searchSaleDiscounts',
    path: () => ['sale_discounts'],
    addOn: 'Sale',
    required: [
      name,
      needed(number('Percent Off', 'value', { typeOptions: { minValue: 0, numberPrecision: 4 } })),
    ],
    optional: [
      categories,
      text('Clean URL', 'clean_url', { placeholder: 'e.g. spring-sale' }),
      flag('Enabled', 'enabled', 'Whether prices are lower now', true),
      memberships,
      productClasses,
      products,
      flag(
        'Separate Section',
        'show_in_separate_section',
        'Whether the sale has a page of its own',
      ),
      specific,
      ...span,
    ],
    lists: LISTS,
    entry: ['name'],
    simple: ['id', 'name', 'enabled', 'value', 'date_range_begin', 'date_range_end'],
  },
  {
    name: 'Volume Discount',
    value: 'volumeDiscount',
    many: 'volume discounts',
    method: 'searchVolumeDiscounts',
    path: () => ['volume_discounts'],
    addOn: 'Volume Discounts',
    required: [
      needed(
        money('Discount', 'value', {
          description: 'In percent or in money, as Discount Type says',
        }),
      ),
      needed(
        money('Subtotal From', 'subtotal_range_begin', {
          description: 'Holds from this subtotal on',
        }),
      ),
    ],
    optional: [choice('Discount Type', 'type', PERCENT_OR_MONEY), membership, zones, ...span],
    lists: LISTS,
    entry: ['value', 'type', 'subtotal_range_begin'],
  },
];

const BELOW_PRODUCTS: Thing[] = [
  {
    name: 'Wholesale Price',
    value: 'wholesalePrice',
    many: 'wholesale prices',
    method: 'searchWholesalePrices',
    parent: pricedPlace,
    path: (place) => [...partsOf(place), 'wholesale_prices'],
    addOn: 'Wholesale',
    required: [
      needed(
        number('Quantity From', 'quantity_range_begin', {
          typeOptions: { minValue: 2 },
          default: 2,
          description: 'Holds from this number of pieces on',
        }),
      ),
      needed(
        money('Price', 'price', { description: 'In money, or in percent as Price Type says' }),
      ),
    ],
    optional: [
      membership,
      choice('Price Type', 'type', [
        { name: 'Amount of Money', value: 'price' },
        { name: 'Percent', value: 'percent' },
      ]),
    ],
    entry: ['quantity_range_begin', 'price', 'type'],
  },
  {
    name: 'Related Product',
    value: 'relatedProduct',
    many: 'related products',
    method: 'searchRelatedProducts',
    parent: productLocator,
    path: (product) => ['products', product, 'related_products'],
    addOn: 'Related Products',
    required: [
      needed(
        number('Related Product ID', 'product_id', {
          default: '',
          placeholder: 'e.g. 38',
          description: 'The product that is shown beside this one',
        }),
      ),
    ],
    optional: [position],
    entry: ['product_id'],
  },
  {
    name: 'Review',
    value: 'review',
    many: 'reviews',
    method: 'searchReviews',
    parent: productLocator,
    path: (product) => ['products', product, 'reviews'],
    addOn: 'Product Reviews',
    required: [
      needed(text('Reviewer Name', 'reviewer_name', { placeholder: 'e.g. Ada' })),
      needed(number('Rating', 'rating', { typeOptions: { minValue: 1, maxValue: 5 }, default: 5 })),
    ],
    optional: [
      moment('Added At', 'addition_date'),
      number('Customer ID', 'profile', { description: 'The customer who has written it' }),
      moment('Responded At', 'response_date'),
      number('Respondent ID', 'respondent', { description: 'The administrator who has responded' }),
      longText('Response', 'response'),
      longText('Review', 'review'),
      choice('Status', 'status', [
        { name: 'Approved', value: 1 },
        { name: 'Pending', value: 0 },
      ]),
      flag('Use for Meta', 'use_for_meta', 'Whether search engines are told of it'),
    ],
    entry: ['reviewer_name', 'rating'],
    simple: ['id', 'reviewer_name', 'rating', 'review', 'status', 'addition_date'],
  },
];

export const catalogue = thingsOf([...NAMED, ...DISCOUNTS, ...BELOW_PRODUCTS]);
