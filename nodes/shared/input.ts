import { get } from 'lodash';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { RecordSource } from '../../core/commerce/source';
import { validationError } from '../../core/errors';
import { resultItem } from './items';

/** What the trigger, the ledger and a dry run put on an item for themselves; never part of a document. */
const CARRIED_ALONG = new Set(['source', 'claim', 'dryRun']);

function isEmpty(document: object): boolean {
  return Object.keys(document).length === 0;
}

/** The field of an item that holds the store's document: a trigger that puts out events names it in `source`. */
function placeOfRecord({ source }: IDataObject): string | undefined {
  if (typeof source !== 'object' || source === null) return undefined;
  const { documentIn } = source as Partial<RecordSource>;
  return typeof documentIn === 'string' ? documentIn : undefined;
}

/** The store's document that an item carries: the item itself, or what stands in the event that a trigger puts out. */
export function recordIn(json: IDataObject): IDataObject {
  const place = placeOfRecord(json);
  const document = place === undefined ? undefined : json[place];
  return typeof document === 'object' && document ? (document as IDataObject) : json;
}

/** The item with fields added to the store's document, wherever that stands in it. */
export function withinRecord(json: IDataObject, fields: IDataObject): IDataObject {
  const record = recordIn(json);
  const place = placeOfRecord(json);
  if (record === json || place === undefined) return { ...json, ...fields };
  return { ...json, [place]: { ...record, ...fields } };
}

/**
 * The document an operation is to write. An empty path takes the whole item without `source` and `claim`; else
 * the object that the dot path (such as `account` or `order.customer`) leads to.
 *
 * @returns undefined when there is nothing: no such field, null, or an object without keys.
 */
export function documentOf(item: INodeExecutionData, path: string): IDataObject | undefined {
  const found: unknown = path === '' ? withoutCarried(item.json) : get(item.json, path);
  if (found === undefined || found === null || found === '') return undefined;
  if (typeof found !== 'object' || Array.isArray(found)) {
    throw validationError(
      `The field "${path}" of the input item is not an object with columns`,
      `Name a field that holds one document, such as { "name": "…" }, or choose Map Automatically.`,
    );
  }
  return isEmpty(found) ? undefined : (found as IDataObject);
}

function withoutCarried(json: IDataObject): IDataObject {
  return Object.fromEntries(Object.entries(json).filter(([key]) => !CARRIED_ALONG.has(key)));
}

/**
 * The output for one item: the result itself, or, with a field name, the input item with the result added under
 * that name, so that what the following nodes need stays on the item.
 */
export function withResult(
  item: INodeExecutionData,
  field: string,
  result: object,
  index: number,
): INodeExecutionData {
  if (field === '') return resultItem(result, index);
  const output = resultItem({ ...item.json, [field]: result }, index);
  return item.binary ? { ...output, binary: item.binary } : output;
}
