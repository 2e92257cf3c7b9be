import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { ParameterReader } from '../../shared/parameters';

export interface Sort<By extends string> {
  by: By;
  direction: 'asc' | 'desc';
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

export function sortField(by: INodePropertyOptions[]): INodeProperties {
  const field: INodeProperties = {
    displayName: 'Sort By',
    name: 'by',
    type: 'options',
    options: by,
    default: '',
  };
  return {
    displayName: 'Sort',
    name: 'sort',
    type: 'collection',
    placeholder: 'Add sort',
    default: {},
    options: [direction, field],
  };
}

export function readSort<By extends string>(
  read: ParameterReader,
  index: number,
  fallback: By,
): Sort<By> | undefined {
  const { by, direction: way } = read<Partial<Sort<By>>>('sort', index, {});
  return by || way ? { by: by ?? fallback, direction: way ?? 'asc' } : undefined;
}
