import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { withResult } from '../../shared/input';

/** The input item with one more field. */
export function withField(
  item: INodeExecutionData,
  field: 'claim' | 'ledger',
  value: IDataObject,
  index: number,
): INodeExecutionData {
  return withResult(item, field, value, index);
}
