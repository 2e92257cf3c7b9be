import { get } from 'lodash';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { validationError } from '../../core/errors';
import { resultItem } from './items';

/** What the trigger and the ledger put on an item for themselves; never part of a document. */
const CARRIED_ALONG = new Set(['source', 'claim']);

function isEmpty(document: object): boolean {
  return Object.keys(document).length === 0;
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
