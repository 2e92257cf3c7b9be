/** Fields of credential types: those that are asked for in most dialogs, and those that every store has. */
import type { INodeProperties } from 'n8n-workflow';

type More = Partial<Omit<INodeProperties, 'name' | 'type'>>;

/** A line of text. */
export const text = (displayName: string, name: string, more: More = {}): INodeProperties => ({
  displayName,
  name,
  type: 'string',
  default: '',
  ...more,
});

/** A line of text that has to be filled in. */
export const needed = (displayName: string, name: string, more: More = {}): INodeProperties =>
  text(displayName, name, { required: true, ...more });

/** A text that n8n shows nobody, once it is saved. */
export const secret = (displayName: string, name: string, more: More = {}): INodeProperties =>
  text(displayName, name, { typeOptions: { password: true }, ...more });

/** A secret without which nobody can sign in. */
export const neededSecret = (displayName: string, name: string, more: More = {}): INodeProperties =>
  secret(displayName, name, { required: true, ...more });

/** What `oAuth2Api` of n8n would ask the user for, and the service has decided. */
export const decided = (displayName: string, name: string, value: string): INodeProperties => ({
  displayName,
  name,
  type: 'hidden',
  default: value,
});

/** Where a store is to be reached. */
export const address = (displayName: string, name: string, description: string): INodeProperties =>
  needed(displayName, name, { placeholder: 'e.g. https://shop.example', description });

/** By which the keys of all records tell one store from another. */
export const storeName: INodeProperties = needed('Store Name', 'storeName', {
  default: 'main',
  placeholder: 'e.g. main',
  description:
    'Short name of the store, part of the key of every record that comes from it: each store needs its own, one for QA too. Do not change it once orders have been synchronized.',
});

/** Of orders that name no currency of their own. */
export const currency = (more: More): INodeProperties =>
  text('Currency', 'currency', { placeholder: 'e.g. USD', ...more });
