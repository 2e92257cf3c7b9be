import type { IExecuteFunctions } from 'n8n-workflow';

import type { SalesResult } from '../../../../core/dynamics/dataverse/sales/result';
import type { Row } from '../../../../core/odata/types';
import type { Outcome } from '../../../../core/outcome';
import { dataName, type SalesResource } from './resource';

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

/** Makes the list of executions searchable by document: n8n shows and filters these values as custom data. */
export function noteDocuments(
  { customData }: IExecuteFunctions,
  resource: SalesResource,
  documents: Row[],
  outcomes: Outcome<SalesResult>[],
): void {
  const { key } = resource.document;
  const kind = dataName(resource);
  const names = documents.map((document) => String(document['name'] ?? document[key]));
  customData.set(kind, listed([...new Set(names)]));
  customData.set(`${kind}_outcome`, counted(outcomes).slice(0, LONGEST));
}
