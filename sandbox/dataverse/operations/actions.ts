import type { Engine } from '../engine';
import { errors } from '../errors';
import { json, noContent, type WebResponse } from '../../odata/http/message';
import type { JsonObject } from '../options';
import { refuseClosed } from '../sales/editable';
import { INVOICE, linesOf, ORDER } from '../sales/kinds';
import { isGuid, type Row, type Value } from '../store/row';
import { isObject, readPayload } from '../write/payload';
import { bodyOf, type Call } from './call';
import { entityBody } from './entity';

/** Unbound actions of Sales. Source: Dynamics 365 Sales action reference (2017). */

type Action = (call: Call, body: JsonObject) => WebResponse;

/** FulfillSalesOrder and CancelSalesOrder: make the closing activity and move the order's state. */
const closeOrder =
  (state: number): Action =>
  (call, body) => {
    const { engine, session, writer } = call;
    const activity = body.OrderClose;
    if (!isObject(activity)) throw errors.invalidArgument("The parameter 'OrderClose' is missing.");
    const status = body.Status;
    if (typeof status !== 'number')
      throw errors.invalidArgument("The parameter 'Status' is missing.");
    const closing = engine.model.required('orderclose');
    const order = readPayload(engine, session, closing, activity).values.salesorderid;
    if (!order || typeof order !== 'object') {
      throw errors.invalidArgument("'OrderClose' needs 'salesorderid@odata.bind'.");
    }
    engine.database.atomic(() => {
      refuseClosed(engine, ORDER, engine.database.find(order) as Row);
      const sent = { statecode: state, statuscode: status };
      writer.change(session, engine.model.required(ORDER.document), order.id, sent, 'message');
      writer.create(session, closing, activity);
    });
    return noContent();
  };

const INVOICED = { statecode: 4, statuscode: 100003 };

const convertToInvoice: Action = (call, body) => {
  const { engine, session, writer } = call;
  const id = typeof body.SalesOrderId === 'string' ? body.SalesOrderId.toLowerCase() : '';
  if (!isGuid(id)) throw errors.invalidArgument("The parameter 'SalesOrderId' is missing.");
  const order = engine.database.get(ORDER.document, id);
  if (!order) throw errors.notFound(ORDER.document, id);
  const invoiceTable = engine.model.required(INVOICE.document);
  const made = engine.database.atomic(() => {
    const fixed = {
      ...copied(engine, INVOICE.document, order),
      salesorderid: { table: ORDER.document, id },
    };
    const invoiceId = writer.create(session, invoiceTable, {}, fixed);
    for (const line of linesOf(engine, ORDER, id)) {
      const parent = { [INVOICE.parent]: { table: INVOICE.document, id: invoiceId } };
      const values = { ...copied(engine, INVOICE.line, line), ispriceoverridden: true, ...parent };
      writer.create(session, engine.model.required(INVOICE.line), {}, values);
    }
    if (engine.switches.convertSetsInvoiced) {
      writer.change(session, engine.model.required(ORDER.document), id, INVOICED, 'message');
    }
    return engine.database.get(INVOICE.document, invoiceId) as Row;
  });
  return json(200, entityBody(call, invoiceTable, made));
};

const NOT_COPIED: ReadonlySet<string> = new Set([
  'statecode',
  'statuscode',
  'overriddencreatedon',
  'importsequencenumber',
]);

/** Values of a row that a row of another table can take over: same name, writable there. */
function copied(engine: Engine, target: string, row: Row): Record<string, Value> {
  const table = engine.model.required(target);
  const values: Record<string, Value> = {};
  for (const [name, value] of Object.entries(row)) {
    const column = table.columns.get(name);
    if (!column || column.writable === 'never' || NOT_COPIED.has(name)) continue;
    if (name !== table.primaryId && value !== null) values[name] = value;
  }
  return values;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  FulfillSalesOrder: closeOrder(3),
  CancelSalesOrder: closeOrder(2),
  ConvertSalesOrderToInvoice: convertToInvoice,
  // Changes to metadata work at once here; real environments want them published.
  PublishXml: () => noContent(),
  PublishAllXml: () => noContent(),
};

export const isAction = (name: string): boolean => Object.hasOwn(ACTIONS, name);

export function callAction(call: Call, name: string): WebResponse {
  if (call.request.method !== 'POST') throw errors.noSegment(name);
  call.engine.context.counters.operation('dataverse', name);
  const run = ACTIONS[name] as Action;
  return run(call, bodyOf(call));
}
