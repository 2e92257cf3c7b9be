import type { Engine } from '../engine';
import { errors } from '../errors';
import { json, noContent, type WebResponse } from '../../odata/http/message';
import type { JsonObject } from '../options';
import { refuseClosed } from '../sales/editable';
import { INVOICE, linesOf, ORDER } from '../sales/kinds';
import type { Table } from '../schema/model';
import { isGuid, type Row, type Value } from '../store/row';
import type { ActionForm } from '../switches';
import { isObject, readPayload, typeOf } from '../write/payload';
import { bodyOf, type Call } from './call';
import { entityBody } from './entity';

/** Actions of Sales, at the root of the service or bound to the set of their table. Source: Dynamics 365 Sales action reference (2017). */

type Run = (call: Call, body: JsonObject) => WebResponse;

interface Action {
  run: Run;
  parameters: Readonly<Record<string, 'required' | 'optional'>>;
  /** Table to whose set it may be bound: where it stands then, the switch `actionForms` says. */
  table?: string;
}

interface Closing {
  state: number;
  /** The parameter is of any table, so that a body has to say of which it is. */
  anyTable?: true;
}

/** FulfillSalesOrder and CancelSalesOrder: make the closing activity and move the order's state. */
const closeOrder =
  ({ state, anyTable }: Closing): Run =>
  (call, body) => {
    const { engine, session, writer } = call;
    const activity = body.OrderClose;
    if (!isObject(activity)) throw missing('OrderClose');
    const status = body.Status;
    if (typeof status !== 'number') throw missing('Status');
    const closing = engine.model.required('orderclose');
    if (anyTable && typeOf(activity) === '') {
      const [column = ''] = Object.keys(activity);
      throw errors.unknownProperty(
        closing.schema.entitySet,
        'crmbaseentity',
        column.split('@')[0] ?? '',
      );
    }
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

const missing = (parameter: string): Error =>
  errors.invalidArgument(`The parameter '${parameter}' is missing.`);

const INVOICED = { statecode: 4, statuscode: 100003 };

const convertToInvoice: Run = (call, body) => {
  const { engine, session, writer } = call;
  const id = typeof body.SalesOrderId === 'string' ? body.SalesOrderId.toLowerCase() : '';
  if (!isGuid(id)) throw missing('SalesOrderId');
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

const CLOSING = { OrderClose: 'required', Status: 'required' } as const;

const ACTIONS: Readonly<Record<string, Action>> = {
  FulfillSalesOrder: { run: closeOrder({ state: 3 }), parameters: CLOSING, table: ORDER.document },
  CancelSalesOrder: {
    run: closeOrder({ state: 2, anyTable: true }),
    parameters: CLOSING,
    table: ORDER.document,
  },
  ConvertSalesOrderToInvoice: {
    run: convertToInvoice,
    parameters: { SalesOrderId: 'required', ColumnSet: 'required', ProcessInstanceId: 'optional' },
    table: ORDER.document,
  },
  // Changes to metadata work at once here; real environments want them published.
  PublishXml: { run: () => noContent(), parameters: { ParameterXml: 'optional' } },
  PublishAllXml: { run: () => noContent(), parameters: {} },
};

const actionOf = (name: string): Action | undefined =>
  Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;

const formOf = ({ switches }: Engine, name: string): ActionForm =>
  switches.actionForms[name] ?? 'unbound';

/** Whether an action stands at the root of the service. */
export function isAction(engine: Engine, name: string): boolean {
  const action = actionOf(name);
  if (action === undefined) return false;
  return action.table === undefined || formOf(engine, name) !== 'bound';
}

/** Whether an action stands behind the set of a table, by its name without the namespace. */
export const isBoundAction = (engine: Engine, table: Table, name: string): boolean =>
  actionOf(name)?.table === table.name && formOf(engine, name) !== 'unbound';

export function callAction(call: Call, name: string): WebResponse {
  const action = actionOf(name);
  if (!action || call.request.method !== 'POST') throw errors.noSegment(name);
  call.engine.context.counters.operation('dataverse', name);
  const body = bodyOf(call);
  checkParameters(name, action, body);
  return action.run(call, body);
}

function checkParameters(name: string, { parameters }: Action, body: JsonObject): void {
  const unknown = Object.keys(body).find((given) => !Object.hasOwn(parameters, given));
  if (unknown !== undefined) {
    throw errors.query(
      `The parameter '${unknown}' in the request payload is not a valid parameter for the operation '${name}'.`,
    );
  }
  const left = Object.keys(parameters).find(
    (parameter) => parameters[parameter] === 'required' && (body[parameter] ?? null) === null,
  );
  if (left !== undefined) throw missing(left);
}
