import { get } from 'lodash';
import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { Row } from '../../../core/odata/types';
import type { TableOptions } from './service';

/** The version of a row that an item was read with: how it is put out, and how a change is bound to it. */

/** As the service itself calls it (OData 4.0 JSON Format, 4.5.6). */
export const ETAG = '@odata.etag';

/** Option of operations that read. */
export const etagOption: INodeProperties = {
  displayName: 'Include ETag',
  name: 'etag',
  type: 'boolean',
  default: false,
  description:
    'Whether to add the version of the row as @odata.etag, which Update and Delete take for Only If Unchanged',
};

/** Option of operations that change one row. */
export const ifMatchOption: INodeProperties = {
  displayName: 'Only If Unchanged',
  name: 'ifMatchField',
  type: 'string',
  default: ETAG,
  placeholder: `e.g. ${ETAG}`,
  description:
    'Name of the input field with the version of the row, as Get and Get Many add it by Include ETag; if somebody has changed the row since, the item fails as a conflict and nothing is written',
};

/** `{ "@odata.etag": … }` where it was asked for. */
export const versionOf = (row: Row, { etag }: TableOptions): Row =>
  etag && row[ETAG] !== undefined ? { [ETAG]: row[ETAG] } : {};

/**
 * The ETag that the row of an item must still have; undefined where the option is not set.
 *
 * @param columns what is written, where it may stand too
 */
export function ifMatchOf(
  { ifMatchField }: TableOptions,
  { json }: INodeExecutionData,
  columns: IDataObject = {},
): string | undefined {
  if (ifMatchField === undefined) return undefined;
  const field = ifMatchField.trim() || ETAG;
  // Its own name has a dot in it, which leads no deeper.
  const found: unknown = columns[field] ?? json[field] ?? get(json, field);
  if (typeof found === 'string' && /^(?:W\/)?".*"$/.test(found)) return found;
  throw validationError(
    `The field "${field}" of this item holds no version of the row`,
    'Read the row with the option Include ETag of Get or Get Many, keep @odata.etag on the item, and name it in Only If Unchanged.',
  );
}
