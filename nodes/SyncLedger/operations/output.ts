import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { asHtml, asText, type Page } from '../../../core/report/page';
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

/** A message as what sends it takes it: e-mail, chat, page. */
export const written = (page: Page): { subject: string; text: string; html: string } => ({
  subject: page.subject,
  text: asText(page),
  html: asHtml(page),
});
