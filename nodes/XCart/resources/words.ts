/** Fields of the panel in one line each, for records of which there are many. */
import { mapValues } from 'lodash';
import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import { integerIn } from '../../../core/values';

type More = Partial<INodeProperties>;

export const text = (displayName: string, name: string, more: More = {}): INodeProperties => ({
  displayName,
  name,
  type: 'string',
  default: '',
  ...more,
});

export const longText = (displayName: string, name: string, more: More = {}): INodeProperties =>
  text(displayName, name, { typeOptions: { rows: 4 }, ...more });

export const number = (displayName: string, name: string, more: More = {}): INodeProperties => ({
  displayName,
  name,
  type: 'number',
  default: 0,
  ...more,
});

export const money = (displayName: string, name: string, more: More = {}): INodeProperties =>
  number(displayName, name, { typeOptions: { numberPrecision: 4, minValue: 0 }, ...more });

const OFF = { type: 'boolean' as const, default: false };

/** @param description begins with "Whether", as n8n wants it */
export const flag = (
  displayName: string,
  name: string,
  description: string,
  isOn = false,
): INodeProperties => ({ ...OFF, displayName, name, default: isOn, description });

const CHOICE = { type: 'options' as const, default: '' };

/** The first is the usual one. */
export const choice = (
  displayName: string,
  name: string,
  options: INodePropertyOptions[],
  more: More = {},
): INodeProperties => ({
  ...CHOICE,
  displayName,
  name,
  options,
  default: options[0]?.value,
  ...more,
});

export const moment = (displayName: string, name: string): INodeProperties => ({
  displayName,
  name,
  type: 'dateTime',
  default: '',
  description: "In the store's time zone, where it names none",
});

/** Ids of other records, which X-Cart wants as a list of numbers. */
export const ids = (displayName: string, name: string, more: More = {}): INodeProperties =>
  text(displayName, name, { placeholder: 'e.g. 1, 2', ...more });

export const membership: INodeProperties = number('Membership ID', 'membership', {
  description: 'Only for customers with this membership. 0: for everyone.',
});

export const PERCENT_OR_MONEY: INodePropertyOptions[] = [
  { name: 'Percent', value: '%' },
  { name: 'Amount of Money', value: '$' },
];

function idList(value: unknown, name: string): number[] {
  const parts = Array.isArray(value) ? value : String(value ?? '').split(/[\s,;]+/);
  return parts
    .filter((part) => part !== '')
    .map((part: unknown) => {
      const id = integerIn(part);
      if (id !== undefined && id > 0) return id;
      throw validationError(
        `${name} is not a list of IDs: "${String(part).slice(0, 40)}"`,
        'Write IDs with commas between them, such as 1, 2.',
      );
    });
}

/**
 * Makes X-Cart's document of what was entered: lists of ids of texts, and nothing of what stands for nothing.
 *
 * @param lists fields made by `ids`
 */
export function documentWith(lists: readonly string[]): (fields: IDataObject) => object {
  return (fields) =>
    mapValues(fields, (value, name) => {
      if (lists.includes(name)) return idList(value, name);
      if (name === 'membership' && (value === 0 || value === '')) return null;
      return value;
    });
}
