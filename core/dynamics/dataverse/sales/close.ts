import { upperFirst } from 'lodash';

import { ServiceError } from '../../../errors';
import { listIn } from '../../../odata/listIn';
import { toGuid } from '../../../odata/query';
import { sendAll } from '../../../odata/sendAll';
import type { Row, SingleOperation } from '../../../odata/types';
import type { Outcome } from '../../../outcome';
import { actionOperation } from '../operations';
import type { Dataverse } from '../types';
import type { SalesDocument } from './salesDocument';

type Closable = SalesDocument & Required<Pick<SalesDocument, 'closing'>>;

export interface ToClose {
  id: string;
  /** Status reason (statuscode) of the new state. */
  status: number;
  /** Text of the closing activity. */
  subject: string;
}

/**
 * Closes a document by its business action, which records an activity beside the new state (Dynamics 365 Sales
 * docs: FulfillSalesOrder, CancelSalesOrder). The activity of a cancel is typed as any activity, so its type is
 * named.
 */
export function closeOperation<K extends Closable>(
  { set, lines, words, closing }: K,
  action: keyof K['closing']['actions'] & string,
  { id, status, subject }: ToClose,
  headers: Record<string, string> = {},
): SingleOperation {
  const operation = actionOperation(closing.actions[action]?.name ?? action, {
    [closing.parameter]: {
      '@odata.type': `Microsoft.Dynamics.CRM.${closing.activity}`,
      subject,
      [`${lines.parent}@odata.bind`]: `/${set}(${toGuid(id, upperFirst(words.name))})`,
    },
    Status: status,
  });
  return { ...operation, headers };
}

export interface CloseOptions {
  /** What becomes of a document that is in the wanted state already. Default `fail`. */
  whenClosed?: 'fail' | 'skip';
  /** What becomes of a document that is not there. Default `fail`. */
  whenNotFound?: 'fail' | 'skip';
  headers?: Record<string, string>;
}

/** What became of one document. */
export interface Closed {
  id: string;
  /** `unchanged`: it was in that state already. `skipped`: it is not there. */
  outcome: 'closed' | 'unchanged' | 'skipped';
}

/**
 * Closes many documents. Where something may be skipped their states are read first, all in one batched request; a
 * document that was closed in another way (cancel one that is fulfilled) is a conflict in any case.
 *
 * @returns one outcome for each, in their order
 */
export async function closeDocuments<K extends Closable>(
  client: Dataverse,
  kind: K,
  action: keyof K['closing']['actions'] & string,
  documents: ToClose[],
  { whenClosed = 'fail', whenNotFound = 'fail', headers }: CloseOptions = {},
): Promise<Outcome<Closed>[]> {
  const looksFirst = whenClosed === 'skip' || whenNotFound === 'skip';
  const states = looksFirst ? await statesOf(client, kind, documents) : undefined;
  const fates = documents.map((document) => {
    const state = states?.get(idOf(kind, document));
    if (!states || (state !== undefined && kind.editable.includes(state))) return undefined;
    if (state === undefined) return whenNotFound === 'skip' ? ('skipped' as const) : undefined;
    const isThere = state === kind.closing.actions[action]?.state;
    return isThere && whenClosed === 'skip' ? ('unchanged' as const) : closedOtherwise(kind, state);
  });
  const open = documents.filter((_, index) => fates[index] === undefined);
  const answers = await sendAll(
    client,
    open.map((document) => closeOperation(kind, action, document, headers)),
  );
  const answered = answers.values();
  return fates.map((fate, index): Outcome<Closed> => {
    if (fate instanceof ServiceError) return { ok: false, error: fate };
    const answer = fate === undefined ? answered.next().value : undefined;
    if (answer?.ok === false) return answer;
    const id = idOf(kind, documents[index] as ToClose);
    return { ok: true, value: { id, outcome: fate ?? 'closed' } };
  });
}

const idOf = ({ words }: SalesDocument, { id }: ToClose): string =>
  toGuid(id, upperFirst(words.name)).toLowerCase();

/** Id → statecode, of those that are there. */
async function statesOf(
  client: Dataverse,
  kind: SalesDocument,
  documents: ToClose[],
): Promise<Map<string, number>> {
  const { set, key } = kind;
  const values = documents.map((document) => idOf(kind, document));
  const [rows = []] = await listIn(client, [
    { set, column: key, values, select: [key, 'statecode'] },
  ]);
  return new Map(
    rows.map((row: Row) => [String(row[key]).toLowerCase(), Number(row['statecode'])]),
  );
}

function closedOtherwise({ states, words }: SalesDocument, state: number): ServiceError {
  return new ServiceError(
    `The ${words.name} is ${states[state] ?? `in state ${state}`} in Dynamics 365 already`,
    { class: 'conflict', fix: words.closedFix },
  );
}
