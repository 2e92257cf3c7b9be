/**
 * Attributes of products: of the whole store, of a product class or of one product; each kind has a path of its own
 * (X-Cart 5.5, annotations of `Model/Attribute`, `Model/AttributeOption` and `Model/AttributeValue`).
 */
import type { ILoadOptionsFunctions, INodeProperties } from 'n8n-workflow';

import { firstRows, type PageOptions, type Pages } from '../../../core/http/pages';
import type { WireRecord } from '../../../core/stores/xcart/wire';
import type { Resource } from '../../shared/operation';
import { countedIds } from '../../shared/records/ids';
import type { RecordClient, RecordKind } from '../../shared/records/kind';
import { locator, type Parent } from '../../shared/records/locator';
import { recordOperations } from '../../shared/records/operations';
import type { OneItem } from '../../shared/steps';
import { type Store, xCart } from '../connection';
import { productLocator } from '../locators';
import { catalogue } from './catalogue';
import { partsOf, shownWhere } from './places';
import { type Thing, type ThingLocator, thingKind, thingLocator } from './things';
import { choice, flag, longText, money, number, text } from './words';

const KINDS = [
  { name: 'Hidden', value: 'hidden', description: 'For search and filters alone' },
  { name: 'Plain Field', value: 'select', description: 'One or more of its options' },
  { name: 'Textarea', value: 'text', description: 'A text of any length' },
  { name: 'Yes or No', value: 'checkbox' },
];
const kindField = (values: string[]): INodeProperties =>
  choice(
    'Kind',
    'kind',
    KINDS.filter(({ value }) => values.includes(value)),
    { default: 'select' },
  );

/** Of products and classes X-Cart keeps no hidden attributes. */
const owner = choice(
  'Of',
  'of',
  [
    { name: 'Product', value: 'product' },
    { name: 'Product Class', value: 'productClass' },
    { name: 'Whole Store', value: 'store' },
  ],
  { default: 'store' },
);
const visible = KINDS.map(({ value }) => value).filter((value) => value !== 'hidden');

const classLocator = catalogue.locatorOf('productClass');
const OWNERS = {
  product: { path: 'products', which: productLocator },
  productClass: { path: 'product_classes', which: classLocator },
};

const isOwner = (value: unknown): value is keyof typeof OWNERS =>
  typeof value === 'string' && value in OWNERS;

type Read = (name: string) => unknown;

const ownerIn = (read: Read): (typeof OWNERS)[keyof typeof OWNERS] | undefined => {
  const of = read('kind') === 'hidden' ? 'store' : read(owner.name);
  return isOwner(of) ? OWNERS[of] : undefined;
};

const readerOf =
  ({ read, index }: OneItem): Read =>
  (name) =>
    read<unknown>(name, index, '');

const editorReader =
  (context: ILoadOptionsFunctions): Read =>
  (name) =>
    context.getCurrentNodeParameter(name);

/** Where the attributes of a kind are listed. */
function attributePlace(kinds: string[]): Parent<Store> {
  const list = (read: Read): string => `attributes_${String(read('kind') ?? 'select')}`;
  const shown = { kind: kinds.filter((kind) => visible.includes(kind)) };
  return {
    fields: [
      kindField(kinds),
      shownWhere(owner, shown),
      shownWhere(productLocator.field, { ...shown, of: ['product'] }),
      shownWhere(classLocator.field, { ...shown, of: ['productClass'] }),
    ],
    locate: async (store, one) => {
      const read = readerOf(one);
      const above = ownerIn(read);
      if (!above) return { id: list(read) };
      const { id } = await above.which.locate(store, one);
      return { id: `${above.path}/${id}/${list(read)}` };
    },
    chosen: (context) => {
      const read = editorReader(context);
      const above = ownerIn(read);
      if (!above) return list(read);
      const id = above.which.chosen(context);
      return id && `${above.path}/${id}/${list(read)}`;
    },
  };
}

const position = number('Position', 'position');

const ATTRIBUTE: Thing = {
  name: 'Attribute',
  value: 'attribute',
  many: 'attributes',
  method: 'searchAttributes',
  parent: attributePlace(KINDS.map(({ value }) => value)),
  path: partsOf,
  required: [text('Name', 'name', { required: true })],
  optional: [
    choice(
      'Display Mode',
      'displayMode',
      [
        { name: 'Blocks', value: 'B' },
        { name: 'Select Box', value: 'S' },
      ],
      { default: 'S', description: 'For plain fields' },
    ),
    number('Group ID', 'groupId', { description: 'Not for attributes of one product' }),
    position,
  ],
  entry: ['name'],
};

const WITH_OPTIONS = ['hidden', 'select'];
const attributeOf = attributePlace(WITH_OPTIONS);
const ownAttribute = thingLocator({ ...ATTRIBUTE, parent: attributeOf });

const optionPlace: Parent<Store> = {
  fields: [...attributeOf.fields, ownAttribute.field],
  locate: async (store, one) => {
    const { id: list } = await attributeOf.locate(store, one);
    return { id: `${list}/${(await ownAttribute.locate(store, one)).id}/options` };
  },
  chosen: (context) => {
    const [list, id] = [attributeOf.chosen(context), ownAttribute.chosen(context)];
    return list && id && `${list}/${id}/options`;
  },
};

const OPTION: Thing = {
  name: 'Attribute Option',
  value: 'attributeOption',
  many: 'attribute options',
  method: 'searchAttributeOptions',
  parent: optionPlace,
  path: partsOf,
  required: [text('Value', 'value', { required: true, placeholder: 'e.g. M' })],
  optional: [position],
  entry: ['value'],
};

/** Attributes of which a product can have a value: its own first, then those of the whole store. */
async function* attributesFor(
  { client }: Store,
  path: string,
  options: PageOptions,
): Pages<WireRecord> {
  const [list = ''] = path.split('/').slice(-1);
  if ((options.page ?? 1) === 1 && !list.endsWith('hidden')) {
    yield await firstRows((page) => client.at(...partsOf(path)).pages(undefined, page), 500);
  }
  yield* client.at(list).pages(undefined, options);
}

const valueKind = kindField(KINDS.map(({ value }) => value));

const valueList: Parent<Store> = {
  fields: [productLocator.field, valueKind],
  locate: async (store, one) => {
    const { id } = await productLocator.locate(store, one);
    return { id: `products/${id}/attributes_${String(readerOf(one)('kind'))}` };
  },
  chosen: (context) => {
    const id = productLocator.chosen(context);
    return id && `products/${id}/attributes_${String(editorReader(context)('kind'))}`;
  },
};

const anyAttribute = locator<Store, WireRecord>(xCart, {
  displayName: 'Attribute',
  name: 'attribute',
  ids: countedIds,
  idOf: ({ id }) => String(id ?? ''),
  list: {
    method: 'searchAttributesOfProduct',
    searchedBy: 'node',
    parent: valueList,
    pages: (store, page, { parentId }) => attributesFor(store, parentId, page),
    entry: ({ name }) => [String(name ?? '')],
  },
});

const valuePlace: Parent<Store> = {
  fields: [...valueList.fields, anyAttribute.field],
  locate: async (store, one) => {
    const { id: list } = await valueList.locate(store, one);
    return { id: `${list}/${(await anyAttribute.locate(store, one)).id}/values` };
  },
  chosen: (context) => {
    const [list, id] = [valueList.chosen(context), anyAttribute.chosen(context)];
    return list && id && `${list}/${id}/values`;
  },
};

const MODIFIER_TYPES = [
  { name: 'Percent', value: 'percent' },
  { name: 'Absolute', value: 'absolute' },
];

const VALUE: Thing = {
  name: 'Attribute Value',
  value: 'attributeValue',
  many: 'attribute values',
  method: 'searchAttributeValues',
  parent: valuePlace,
  path: partsOf,
  optional: [
    flag('Default', 'is_default', 'Whether it is chosen at first'),
    flag('Editable', 'editable', 'Whether customers can change the text of a textarea'),
    number('Option ID', 'option_id', { description: 'For plain fields and hidden attributes' }),
    { ...position, description: 'For plain fields' },
    money('Price Modifier', 'price_modifier', { typeOptions: { numberPrecision: 4 } }),
    choice('Price Modifier Type', 'price_modifier_type', MODIFIER_TYPES),
    longText('Text', 'value', { description: 'For textareas' }),
    number('Weight Modifier', 'weight_modifier', { typeOptions: { numberPrecision: 4 } }),
    choice('Weight Modifier Type', 'weight_modifier_type', MODIFIER_TYPES),
    flag('Yes', 'yes', 'Whether the value of a yes-or-no attribute is yes', true),
  ],
  entry: ['value', 'option.value', 'id'],
};

/** Of a text or a hidden attribute a product has one value at most, and it has no id in its path. */
const isAlone = (path: string): boolean => /attributes_(?:text|hidden)\//.test(path);

function aloneAt({ client }: Store, path: string): RecordClient<WireRecord, void> {
  const one = client.oneAt(...partsOf(path));
  return {
    async *pages() {
      yield [await one.get()];
    },
    get: async () => await one.get(),
    create: async (document) => await one.create(document),
    update: async (_id, document) => await one.update(document),
    remove: async () => await one.remove(),
  };
}

const listed = thingLocator(VALUE);
const valueLocator: ThingLocator = {
  ...listed,
  field: shownWhere(listed.field, { kind: ['checkbox', 'select'] }),
  locate: async (store, one) => {
    const isOne = ['text', 'hidden'].includes(String(readerOf(one)('kind')));
    return isOne ? { id: '' } : await listed.locate(store, one);
  },
};

const valueRecords: RecordKind<Store, WireRecord> = {
  ...thingKind(VALUE, valueLocator),
  note: 'Of a textarea or a hidden attribute a product has one value, which needs no ID.',
  document: ({ yes, ...fields }) => (yes === undefined ? fields : { ...fields, value: yes }),
  open: (store, path) => (isAlone(path) ? aloneAt(store, path) : store.client.at(...partsOf(path))),
};

const attributeLocator = thingLocator(ATTRIBUTE);
const optionLocator = thingLocator(OPTION);

const resource = ({ name, value }: Thing, kind: RecordKind<Store, WireRecord>): Resource => ({
  name,
  value,
  operations: recordOperations(xCart, kind),
});

export const attributeLocators = {
  attributeLocator,
  optionLocator,
  anyAttribute,
  valueLocator,
};

export const attributeResources: Resource[] = [
  resource(ATTRIBUTE, thingKind(ATTRIBUTE, attributeLocator)),
  resource(OPTION, thingKind(OPTION, optionLocator)),
  resource(VALUE, valueRecords),
];
