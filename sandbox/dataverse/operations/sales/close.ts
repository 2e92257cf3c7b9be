import { noContent } from '../../../odata/http/message';
import { errors } from '../../errors';
import { refuseClosed, refuseDraft } from '../../sales/editable';
import type { DocumentKind } from '../../sales/kinds';
import type { Row, Value } from '../../store/row';
import { isObject, readPayload, typeOf } from '../../write/payload';
import { missing } from '../parameters';
import type { Run } from './action';

interface Closing {
  kind: DocumentKind;
  /** Table of the activity that records it. */
  activity: 'orderclose' | 'quoteclose';
  /** Parameter that holds the activity. */
  parameter: string;
  state: number;
  /** The parameter is of any table, so that a body has to say of which it is. */
  anyTable?: true;
}

/** Takes the reason that the state has by default. Source: Dynamics 365 Sales reference, WinQuoteRequest.Status. */
const DEFAULT_REASON = -1;

const isFulfilled = (activity: Closing['activity'], state: number): boolean =>
  activity === 'orderclose' && state === 3;

/** FulfillSalesOrder, WinQuote and their like: make the closing activity and move the document's state. */
export const close =
  ({ kind, activity: table, parameter, state, anyTable }: Closing): Run =>
  (call, body) => {
    const { engine, session, writer } = call;
    const activity = body[parameter];
    if (!isObject(activity)) throw missing(parameter);
    const status = body.Status;
    if (typeof status !== 'number') throw missing('Status');
    const closing = engine.model.required(table);
    if (anyTable && typeOf(activity) === '') {
      const [column = ''] = Object.keys(activity);
      throw errors.unknownProperty(
        closing.schema.entitySet,
        'crmbaseentity',
        column.split('@')[0] ?? '',
      );
    }
    const document = readPayload(engine, session, closing, activity).values[kind.parent];
    if (!document || typeof document !== 'object') {
      throw errors.invalidArgument(`'${parameter}' needs '${kind.parent}@odata.bind'.`);
    }
    engine.database.atomic(() => {
      const row = engine.database.find(document) as Row;
      refuseClosed(engine, kind, row);
      refuseDraft(engine, kind, row);
      const date = engine.timestamp();
      const sent = closedState(kind, { state, status, date });
      if (isFulfilled(table, state) && engine.switches.fulfillSetsDate && !row.datefulfilled) {
        sent.datefulfilled = date.slice(0, 'yyyy-mm-dd'.length);
      }
      writer.change(session, engine.model.required(kind.document), document.id, sent, 'message');
      writer.create(session, closing, activity);
    });
    return noContent();
  };

interface Closed {
  state: number;
  status?: number;
  date: string;
}

/** The columns of a document that is closed; a quote has one for the time. */
export function closedState({ document }: DocumentKind, { state, status, date }: Closed) {
  const values: Record<string, Value> = { statecode: state };
  if (status !== undefined && status !== DEFAULT_REASON) values.statuscode = status;
  if (document === 'quote') values.closedon = date;
  return values;
}
