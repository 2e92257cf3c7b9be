import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { RecordSource } from '../../../core/commerce/source';
import { versionOf } from '../../../core/ledger/version';
import type { ParameterReader } from '../../shared/parameters';
import { fieldValue, textOf } from './value';

const PARAMETER = 'options.versionField';

/**
 * Before sources carried a version, Claim read this field where the option was not set. Items that were kept for a
 * retry by then, or that are put together without a version, are still compared by it.
 */
const FIELD_BEFORE_SOURCES = 'update_date';

/** An entry of an *Options* collection. */
export const versionField: INodeProperties = {
  displayName: 'Version Field',
  name: 'versionField',
  type: 'string',
  default: '',
  placeholder: 'e.g. update_date',
  description:
    'Name of the field that grows with every change, such as the date of the last update. A record older than what is known is skipped. Leave empty to take the version that the trigger puts into the source of the item.',
};

/** The `source` of an item; what of it is there, for nobody checks what a user's own nodes put there. */
export function sourceOf({ json }: INodeExecutionData): Partial<RecordSource> {
  const { source } = json;
  return source !== null && typeof source === 'object' ? (source as Partial<RecordSource>) : {};
}

/** What the record's system says of its version. */
function saidVersion(
  read: ParameterReader,
  item: INodeExecutionData,
  index: number,
): string | undefined {
  const given: unknown = read<unknown>(PARAMETER, index, null);
  const isNamed = !read.isStatic(PARAMETER) || textOf(given) !== undefined;
  if (isNamed) return textOf(fieldValue(read, PARAMETER, item, index));
  const { version } = sourceOf(item);
  return textOf(version) ?? (given === null ? textOf(item.json[FIELD_BEFORE_SOURCES]) : undefined);
}

/** Which of two contents of a record is the newer one: by its system, and within one second by when it was read. */
export function versionFor(
  read: ParameterReader,
  item: INodeExecutionData,
  index: number,
): string | undefined {
  return versionOf(saidVersion(read, item, index), textOf(sourceOf(item).readAt));
}
