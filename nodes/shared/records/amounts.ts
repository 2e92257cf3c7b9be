import { get, sortBy, upperFirst } from 'lodash';
import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { AmountChange, AmountContract, AmountLevel } from '../../../core/stores/kit/amounts';
import { writePrices } from '../../../core/stores/kit/prices';
import { standsFor } from '../../../core/stores/kit/rehearsal';
import { writeStock } from '../../../core/stores/kit/stock';
import type { Outcome } from '../../../core/outcome';
import { isBlank, numberIn, Unreadable } from '../../../core/values';
import { resultItem } from '../items';
import type { Operation } from '../operation';
import { parameterReader, type ParameterReader } from '../parameters';
import { itemSteps, type OneItem } from '../steps';
import { flagOf } from '../typed';
import type { OpenedStore, StoreService } from './service';

/** How an amount of a store is written by SKU, from what a person has set. */
export interface AmountDefinition<Target extends object> {
  /** Entries of *Options* that hold for the whole run. */
  options?: INodeProperties[];
  /** In which of several places the SKU of an item is meant. */
  place?: {
    /** Entries of *Options*, which are read for each item. */
    fields: INodeProperties[];
    /** @returns undefined for the one place where it lies. Throws where the item has to say it and does not. */
    of(one: OneItem, sku: string): string | undefined;
  };
  /** Entries of *Options* that name fields of the input item in which ids of the store stand. */
  knownBy?: INodeProperties[];
  /**
   * What has the SKU, where the item says so.
   *
   * @param idIn what the item holds in the field that an entry of `knownBy` names for it; undefined where it names none
   */
  target?(idIn: (entry: string) => unknown): Target | undefined;
}

export interface StockDefinition<Store, Target extends object> extends AmountDefinition<Target> {
  /** @param options what is set in `options` */
  stock(store: Store, options: IDataObject): AmountContract<Target>;
}

export interface PriceDefinition<Store, Target extends object> extends AmountDefinition<Target> {
  /** @param options what is set in `options` */
  prices(store: Store, options: IDataObject): AmountContract<Target>;
}

/** One of the amounts that goods have, as the panel and the output call it. */
interface Axis {
  /** `Stock Levels` */
  title: string;
  /** Parameter that says where they come from. */
  from: string;
  /** What one is called: as a parameter, and within a sentence. */
  one: string;
  /** Field of the output. */
  output: string;
  description: string;
  /** As a person enters it. */
  example: string;
  /** A field of an item that might hold it. */
  fieldExample: string;
  words: Pick<Operation, 'name' | 'value' | 'action' | 'description'>;
}

const STOCK: Axis = {
  title: 'Stock Levels',
  from: 'levelsFrom',
  one: 'quantity',
  output: 'amount',
  description: 'Pieces that are in stock from now on, not how many to add',
  example: 'e.g. 25',
  fieldExample: 'e.g. product.available',
  words: {
    name: 'Update',
    value: 'update',
    action: 'Update stock of many products',
    description: 'Set the stock of products and variants by SKU, all items at once',
  },
};

const PRICES: Axis = {
  title: 'Prices',
  from: 'pricesFrom',
  one: 'price',
  output: 'price',
  description: "In the store's currency; what one piece costs from now on",
  example: 'e.g. 12.50',
  fieldExample: 'e.g. product.price',
  words: {
    name: 'Update Prices',
    value: 'updatePrices',
    action: 'Update prices of many products',
    description: 'Set the prices of products and variants by SKU, all items at once',
  },
};

const SKU = 'sku';

/**
 * The amount is a text that starts empty: a number would start at 0, and whoever overlooks it would give the goods away or
 * take them out of stock.
 */
function fieldsOf({ title, from, one, description, example, fieldExample }: Axis) {
  const fromFields = { show: { [from]: ['fields'] } };
  const defined = { show: { [from]: ['define'] } };
  const One = upperFirst(one);
  const fields: INodeProperties[] = [
    {
      displayName: title,
      name: from,
      type: 'options',
      noDataExpression: true,
      options: [
        {
          name: 'From Fields of Input Items',
          value: 'fields',
          description: 'Name the fields once: fast for thousands of items',
        },
        { name: 'Define Below', value: 'define', description: `Enter SKU and ${one}` },
      ],
      default: 'fields',
    },
    {
      displayName: 'SKU Field',
      name: `${SKU}Field`,
      type: 'string',
      default: 'sku',
      required: true,
      placeholder: 'e.g. product.sku',
      description: 'Field of the input item that holds the SKU of the product or variant',
      displayOptions: fromFields,
    },
    {
      displayName: `${One} Field`,
      name: `${one}Field`,
      type: 'string',
      default: one,
      required: true,
      placeholder: fieldExample,
      description: `Field of the input item that holds the ${one}`,
      displayOptions: fromFields,
    },
    {
      displayName: 'SKU',
      name: SKU,
      type: 'string',
      default: '',
      required: true,
      displayOptions: defined,
    },
    {
      displayName: One,
      name: one,
      type: 'string',
      default: '',
      required: true,
      placeholder: example,
      description,
      displayOptions: defined,
    },
  ];
  return fields;
}

const optionsField = (options: INodeProperties[]): INodeProperties => ({
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: sortBy(options, 'displayName'),
});

function amountOf(value: unknown, code: unknown, { one }: Axis): number {
  const amount = numberIn(value);
  if (amount !== undefined) return amount;
  throw validationError(
    `The ${one} of SKU ${String(code)} is not a number: ${new Unreadable('a number', value).found}`,
    'Write it with a point before the decimals and no grouping, such as 1250.',
  );
}

/** What to do about a value that is missing: of the field that the panel shows for it. */
const giveIt = (fromFields: boolean, displayName: string, what: string): string =>
  fromFields
    ? `Name in ${displayName} Field which field of the input item holds the ${what}.`
    : `Enter it in ${displayName}. If ${displayName} is an expression, check the field that it reads.`;

function levelOf<Target extends object>(
  given: OneItem,
  definition: AmountDefinition<Target>,
  axis: Axis,
): AmountLevel<Target> {
  const { read, item, index } = given;
  const target = definition.target?.((entry) => valueAt(item, read(`options.${entry}`, index, '')));
  const { from, one } = axis;
  const fromFields = read<string>(from, index) === 'fields';
  const value = (name: string): unknown =>
    fromFields ? get(item.json, read<string>(`${name}Field`, index)) : read<unknown>(name, index);
  const amount = value(one);
  const code = value(SKU);
  if (isBlank(code) && target === undefined) {
    throw validationError('The item has no SKU', giveIt(fromFields, 'SKU', 'SKU'));
  }
  if (isBlank(amount)) {
    const which = isBlank(code) ? '' : ` with SKU ${String(code)}`;
    const fix = giveIt(fromFields, upperFirst(one), one);
    throw validationError(`The item${which} has no ${one}`, fix);
  }
  const sku = String(code ?? '');
  const place = definition.place?.of(given, sku);
  return { sku, place, amount: amountOf(amount, code, axis), target };
}

const valueAt = ({ json }: INodeExecutionData, path: unknown): unknown =>
  typeof path === 'string' && path !== '' ? get(json, path) : undefined;

/** Entries of *Options* that hold for all items, by their names. */
function ofTheRun(read: ParameterReader, options: INodeProperties[]): IDataObject {
  const values = options.map((field) => {
    const { name, type, default: usual } = field;
    const value = read.forAll<IDataObject[string]>({ ...field, name: `options.${name}` }, usual);
    return [name, type === 'boolean' ? flagOf(name, value) : value] as const;
  });
  return Object.fromEntries(values);
}

type Levels<Target> = Array<AmountLevel<Target>>;

function updateAmounts<Store extends OpenedStore, Target extends object>(
  { open }: StoreService<Store>,
  axis: Axis,
  definition: AmountDefinition<Target>,
  write: (
    store: Store,
    levels: Levels<Target>,
    options: IDataObject,
  ) => Promise<Array<Outcome<AmountChange<Target>>>>,
): Operation {
  const { options = [], knownBy = [], place } = definition;
  const entries = [...options, ...knownBy, ...(place?.fields ?? [])];
  return {
    ...axis.words,
    properties: [...fieldsOf(axis), ...(entries.length > 0 ? [optionsField(entries)] : [])],
    async start(context) {
      const store = await open(context);
      const read = parameterReader(context);
      const set = ofTheRun(read, options);
      return itemSteps<AmountLevel<Target>, AmountChange<Target>>({
        prepare: (item, index) => levelOf({ read, item, index }, definition, axis),
        run: async (levels) => {
          levels.forEach((level, place) => standsFor(level, [place]));
          return await write(store, levels, set);
        },
        output: (_item, { amount, ...change }, index) =>
          resultItem({ ...change, [axis.output]: amount }, index),
      });
    },
  };
}

export function updateStock<Store extends OpenedStore, Target extends object>(
  service: StoreService<Store>,
  definition: StockDefinition<Store, Target>,
): Operation {
  return updateAmounts(
    service,
    STOCK,
    definition,
    async (store, levels, options) => await writeStock(definition.stock(store, options), levels),
  );
}

export function updatePrices<Store extends OpenedStore, Target extends object>(
  service: StoreService<Store>,
  definition: PriceDefinition<Store, Target>,
): Operation {
  return updateAmounts(
    service,
    PRICES,
    definition,
    async (store, levels, options) => await writePrices(definition.prices(store, options), levels),
  );
}
