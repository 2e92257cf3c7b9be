import type { IExecuteFunctions } from 'n8n-workflow';

import type { SalesOrderDocument } from '../../../../core/dynamics/dataverse/sales/documents';
import type { SalesResult } from '../../../../core/dynamics/dataverse/sales/result';
import type { Outcome } from '../../../../core/outcome';

/** n8n complains of values that are longer, and keeps ten keys per execution for all nodes together. */
const LONGEST = 255;

/** `X-Cart 1001, X-Cart 1002 … X-Cart 1400`: as many as fit, and always the last. */
function listed(names: string[]): string {
  const whole = names.join(', ');
  if (whole.length <= LONGEST) return whole;
  const end = ` … ${names.at(-1) ?? ''}`.slice(0, LONGEST);
  const start = whole.slice(0, LONGEST - end.length);
  return start.slice(0, Math.max(0, start.lastIndexOf(','))) + end;
}

/** `3 created, 1 failed` */
function counted(outcomes: Outcome<SalesResult>[]): string {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) {
    const name = outcome.ok ? outcome.value.outcome : 'failed';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
}

/** Makes the list of executions searchable by order: n8n shows and filters these values as custom data. */
export function noteOrders(
  { customData }: IExecuteFunctions,
  documents: SalesOrderDocument[],
  outcomes: Outcome<SalesResult>[],
): void {
  const names = documents.map(({ name, salesorderid }) => String(name ?? salesorderid));
  customData.set('sales_orders', listed([...new Set(names)]));
  customData.set('sales_orders_outcome', counted(outcomes).slice(0, LONGEST));
}
