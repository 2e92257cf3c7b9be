import { json } from '../../../odata/http/message';
import type { JsonObject } from '../../options';
import { refuseDraft, refuseUnless } from '../../sales/editable';
import { type DocumentKind, INVOICE, ORDER, QUOTE } from '../../sales/kinds';
import type { Row } from '../../store/row';
import type { Call } from '../call';
import { documentIn, madeBody, type Run } from './action';
import { closedState } from './close';
import { copyDocument } from './copy';

interface Conversion {
  from: DocumentKind;
  to: DocumentKind;
  /** Parameter that names the document. */
  key: string;
  /** Refuses a document that cannot be converted. */
  check?(call: Call, row: Row): void;
  /** What becomes of the document itself. */
  after(call: Call, row: Row, body: JsonObject): void;
}

/** Makes the next document of one, with its lines and their prices. A second time makes a second one. */
const convert =
  ({ from, to, key, check, after }: Conversion): Run =>
  (call, body) => {
    const { id, row } = documentIn(call, from, body, key);
    const made = call.engine.database.atomic(() => {
      check?.(call, row);
      const copy = copyDocument(call, row, {
        from,
        to,
        fixed: { [from.parent]: { table: from.document, id } },
        fixedOfLine: { ispriceoverridden: true },
      });
      after(call, row, body);
      return madeBody(call, to, copy, body);
    });
    return json(200, made);
  };

const INVOICED = { statecode: 4, statuscode: 100003 };

export const convertToInvoice = convert({
  from: ORDER,
  to: INVOICE,
  key: 'SalesOrderId',
  after: ({ engine, session, writer }, { salesorderid }) => {
    if (!engine.switches.convertSetsInvoiced) return;
    const table = engine.model.required(ORDER.document);
    writer.change(session, table, String(salesorderid), INVOICED, 'message');
  },
});

const ACTIVE = 1;
const WON = 2;

/** Closes an active quote as won, as its parameters say. */
function winQuote({ engine, session, writer }: Call, row: Row, body: JsonObject): void {
  if (row.statecode === WON || !engine.switches.convertWinsQuote) return;
  const id = String(row.quoteid);
  const { QuoteCloseDate: date, QuoteCloseStatus: status } = body;
  const { QuoteCloseSubject: subject, QuoteCloseDescription: description } = body;
  const sent = closedState(QUOTE, {
    state: WON,
    status: typeof status === 'number' ? status : undefined,
    date: typeof date === 'string' ? date : engine.timestamp(),
  });
  writer.change(session, engine.model.required(QUOTE.document), id, sent, 'message');
  const activity = {
    ...(typeof subject === 'string' && { subject }),
    ...(typeof description === 'string' && { description }),
    'quoteid@odata.bind': `/quotes(${id})`,
  };
  writer.create(session, engine.model.required('quoteclose'), activity);
}

export const convertToOrder = convert({
  from: QUOTE,
  to: ORDER,
  key: 'QuoteId',
  check: ({ engine }, row) => {
    refuseDraft(engine, QUOTE, row);
    refuseUnless(engine, QUOTE, row, [0, ACTIVE, WON]);
  },
  after: winQuote,
});
