import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import { momentIn } from '../../../core/values';
import type { OneItem } from '../steps';

export interface Sort<By extends string> {
  by: By;
  direction: 'asc' | 'desc';
}

/** What a person chose of a list: empty filters are left out, and dates are moments. */
export interface ListChoice<Filters, By extends string> {
  filters: Filters;
  sort?: Sort<By>;
}

export interface ListDefinition<Store, Query, Filters, By extends string> {
  /** Entries of *Filters*; those of type `dateTime` are read as moments. */
  filters?: INodeProperties[];
  /** By what the store sorts; `fallback` where only a direction is chosen. */
  sort?: { by: Array<INodePropertyOptions & { value: By }>; fallback: By };
  /** The question to the store. Throws where this store cannot be asked for what was chosen. */
  query(choice: ListChoice<Filters, By>, store: Store): Query;
}

/** How a list is narrowed and sorted: the fields of *Get Many*, and the question that they make. */
export interface ListFields<Store, Query> {
  fields: INodeProperties[];
  query(store: Store, one: OneItem): Query;
}

function collection(
  displayName: string,
  name: string,
  placeholder: string,
  options: INodeProperties[],
): INodeProperties {
  return { displayName, name, type: 'collection', placeholder, default: {}, options };
}

const direction: INodeProperties = {
  displayName: 'Direction',
  name: 'direction',
  type: 'options',
  options: [
    { name: 'Ascending', value: 'asc' },
    { name: 'Descending', value: 'desc' },
  ],
  default: 'asc',
};

function sortField(by: INodePropertyOptions[]): INodeProperties {
  const field: INodeProperties = {
    displayName: 'Sort By',
    name: 'by',
    type: 'options',
    options: by,
    default: '',
  };
  return collection('Sort', 'sort', 'Add sort', [direction, field]);
}

function readSort<By extends string>({ read, index }: OneItem, fallback: By): Sort<By> | undefined {
  const { by, direction: way } = read<Partial<Sort<By>>>('sort', index, {});
  return by || way ? { by: by ?? fallback, direction: way ?? 'asc' } : undefined;
}

/** Stores ignore a date that they cannot read and answer with everything: so it is read here first. */
function dateOf(value: unknown, zone: string, { displayName }: INodeProperties): Date {
  const moment = momentIn(value, { zone });
  if (moment !== undefined) return new Date(moment);
  throw validationError(`${displayName} is not a date`, 'Write it such as 2026-01-31T00:00:00Z.');
}

function readFilters({ read, index }: OneItem, filters: INodeProperties[]): IDataObject {
  const given = read<IDataObject>('filters', index, {});
  const chosen = filters.flatMap((field) => {
    const value = given[field.name];
    if (value === undefined || value === null || value === '') return [];
    return [
      [field.name, field.type === 'dateTime' ? dateOf(value, read.timezone(), field) : value],
    ];
  });
  return Object.fromEntries(chosen) as IDataObject;
}

/** @typeParam Filters what each filter holds, by its name */
export function listFields<Store, Query, Filters = object, By extends string = never>({
  filters,
  sort,
  query,
}: ListDefinition<Store, Query, Filters, By>): ListFields<Store, Query> {
  return {
    fields: [
      ...(filters ? [collection('Filters', 'filters', 'Add Filter', filters)] : []),
      ...(sort ? [sortField(sort.by)] : []),
    ],
    query: (store, one) => {
      const chosen = (filters ? readFilters(one, filters) : {}) as Filters;
      return query({ filters: chosen, sort: sort && readSort(one, sort.fallback) }, store);
    },
  };
}
