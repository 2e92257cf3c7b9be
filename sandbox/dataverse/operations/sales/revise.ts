import { json } from '../../../odata/http/message';
import type { Engine } from '../../engine';
import { errors } from '../../errors';
import { QUOTE } from '../../sales/kinds';
import type { Row } from '../../store/row';
import { documentIn, madeBody, type Run } from './action';
import { copyDocument } from './copy';

const CLOSED = 3;
const OPEN: ReadonlySet<unknown> = new Set([0, 1]);

/** Source: Dataverse docs, web-service-error-codes: QuoteReviseExistingActiveQuote, and the refusal of an open quote. */
function refuse(engine: Engine, quote: Row): void {
  if (quote.statecode !== CLOSED) {
    throw errors.invalidArgument('The quote cannot be revised because it is not in closed state.');
  }
  const isOther = (row: Row): boolean =>
    row.quoteid !== quote.quoteid && row.quotenumber === quote.quotenumber;
  const others = [...engine.database.store(QUOTE.document).rows.values()].filter(isOther);
  if (!others.some(({ statecode }) => OPEN.has(statecode))) return;
  throw errors.invalidArgument(
    'Quote cannot be revised as there already exists another quote in Draft/Active state and with same quote number.',
  );
}

/** ReviseQuote: a new draft under the number of a closed quote, with its lines and the next revision. */
export const reviseQuote: Run = (call, body) => {
  const { row } = documentIn(call, QUOTE, body, 'QuoteId');
  const made = call.engine.database.atomic(() => {
    refuse(call.engine, row);
    const fixed = { revisionnumber: Number(row.revisionnumber ?? 0) + 1 };
    const copy = copyDocument(call, row, { from: QUOTE, to: QUOTE, fixed });
    return madeBody(call, QUOTE, copy, body);
  });
  return json(200, made);
};
