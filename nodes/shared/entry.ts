/** Fields of a record as a store names them, for the panel: one line each. */
import { startCase } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

type More = Partial<Omit<INodeProperties, 'name' | 'type'>>;

export const text = (displayName: string, name: string, more: More = {}): INodeProperties => ({
  displayName,
  name,
  type: 'string',
  default: '',
  ...more,
});

export const number = (displayName: string, name: string, more: More = {}): INodeProperties => ({
  displayName,
  name,
  type: 'number',
  default: 0,
  ...more,
});

/** @param whether completes "Whether …" */
export const flag = (
  displayName: string,
  name: string,
  whether: string,
  more: More = {},
): INodeProperties => ({
  displayName,
  name,
  type: 'boolean',
  default: false,
  description: `Whether ${whether}`,
  ...more,
});

export const moment = (displayName: string, name: string, more: More = {}): INodeProperties => ({
  displayName,
  name,
  type: 'dateTime',
  default: '',
  ...more,
});

/** Text fields whose names say in the store's own words what they are: `BillingZipCode`, "Billing Zip Code". */
export const texts = (...names: string[]): INodeProperties[] =>
  names.map((name) => text(startCase(name), name));
