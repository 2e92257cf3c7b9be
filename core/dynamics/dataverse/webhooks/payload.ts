import { validationError } from '../../../errors';
import { isRow } from '../../../odata/answers';
import type { Row } from '../../../odata/types';
import { headerOf, type IncomingDelivery } from '../../../webhooks/webhook';
import {
  idIn,
  isEntity,
  isReference,
  momentOf,
  pairsIn,
  plainValue,
  rowIn,
  type Shape,
} from './values';

/** What a webhook of Dataverse tells: the execution context of an event, in the words of the Web API. */
export interface DataverseEvent {
  /** Logical name. */
  table: string;
  /** Of the row, in lower case. */
  id: string;
  /** `Create`, `Update`, `Delete`, or another message of the table. */
  message: string;
  /** What was written, as a row of the Web API with annotations: of an update what changed, of a deletion nothing. */
  columns: Row;
  /** The row before, as far as the step asks for it; undefined: there is no such image. */
  before?: Row;
  /** The row afterwards, likewise. */
  after?: Row;
  /** Something of the row is not told: the message was over 256 KB, or parts of it are absent. The row has to be read. */
  isCut: boolean;
  /** What the message was called with beside the row, such as `Status` of a fulfilment. */
  parameters: Row;
  /** The system job that sends it; the same when it is sent again. */
  operationId?: string;
  /** The request that made the change. */
  requestId?: string;
  /** What belongs together: a change, and those that plug-ins made of it. */
  correlationId?: string;
  /** The step that sends it. */
  stepId?: string;
  organizationId?: string;
  /** Whoever began it; `userId` is whose rights counted. */
  initiatingUserId?: string;
  userId?: string;
  /** How many plug-ins and flows deep: 1 is the change itself. */
  depth?: number;
  /** What plug-ins hand on, and under `tag` the parameter of that name of the request. */
  sharedVariables: Row;
  tag?: string;
  /** `2026-11-28T10:00:00Z` */
  occurredAt?: string;
}

/** Dataverse docs: use-webhooks. Names of headers as Node gives them. */
const HEADERS = {
  table: 'x-ms-dynamics-entity-name',
  message: 'x-ms-dynamics-request-name',
  correlation: 'x-ms-correlation-request-id',
  tooLarge: 'x-ms-dynamics-msg-size-exceeded',
} as const;

/** What a message over 256 KB comes without. */
const CUT_AWAY = ['InputParameters', 'PreEntityImages', 'PostEntityImages'] as const;

/** Comes with every asynchronous step by itself, and holds no more than the name of the row. */
const AUTOMATIC_IMAGE = 'AsynchronousStepPrimaryName';

/** Under these names the messages of Dataverse have the row that they are of. */
const OF_ROW = ['Target', 'EntityMoniker', 'SubordinateId'];

const EXPECTED =
  'Dataverse sends the execution context of the event as JSON: see in the Plug-in Registration Tool, or at the service endpoint, that the contract is Webhook and the message format JSON.';

function contextIn({ rawBody }: IncomingDelivery): Row {
  let body: unknown;
  try {
    body = JSON.parse(rawBody.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    throw validationError('The body of the webhook is not JSON', EXPECTED);
  }
  if (isRow(body)) return body;
  throw validationError('The body of the webhook is no JSON object', EXPECTED);
}

const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value !== 'none' ? value : undefined;

/** The row that the message is of, or what points to it. */
function targetIn(parameters: ReadonlyMap<string, unknown>): Row | undefined {
  const found = OF_ROW.map((name) => parameters.get(name)).find(
    (value) => isEntity(value) || isReference(value),
  );
  return found as Row | undefined;
}

function imageIn(value: unknown, shape: Shape | undefined): Row | undefined {
  const images = pairsIn(value).filter(([name]) => name !== AUTOMATIC_IMAGE);
  const rows = images.flatMap(([, image]) => (isEntity(image) ? [rowIn(image, shape)] : []));
  return rows.length === 0 ? undefined : Object.assign({}, ...rows);
}

/** Of the event and of those that it comes from: a tag stands where the request was. */
function sharedIn(context: Row): Row {
  const parent = context['ParentContext'];
  const above = isRow(parent) ? sharedIn(parent) : {};
  const own = pairsIn(context['SharedVariables']).map(([name, value]) => [name, plainValue(value)]);
  return { ...above, ...Object.fromEntries(own) };
}

/** A lookup by an alternate key says no ID, and is not among the columns. */
const lacksLookup = (entity: Row): boolean =>
  pairsIn(entity['Attributes']).some(
    ([, value]) => isReference(value) && idIn(value['Id']) === undefined,
  );

function isCutOff(context: Row, target: Row | undefined, delivery: IncomingDelivery): boolean {
  const header = headerOf(delivery.headers, HEADERS.tooLarge);
  const isTooLarge = header !== undefined && header.toLowerCase() !== 'false';
  const isLacking = CUT_AWAY.some((name) => !Array.isArray(context[name]));
  return (
    isTooLarge || isLacking || target === undefined || (isEntity(target) && lacksLookup(target))
  );
}

/** Ids stand in more than one place, and where a row was found by an alternate key not in each. */
function rowIdIn(context: Row, target: Row | undefined, table: string | undefined): unknown {
  const attributes = new Map(pairsIn(target?.['Attributes']));
  const results = new Map(pairsIn(context['OutputParameters']));
  const candidates = [
    ...[context['PrimaryEntityId'], target?.['Id'], attributes.get(`${table}id`)],
    ...[attributes.get('activityid'), results.get('id')],
  ];
  return candidates.map(idIn).find(Boolean);
}

/**
 * What a delivery tells. Whatever else Dataverse comes to send with it is left aside.
 *
 * @param shape what is known of the columns; without it a null in a lookup of the table's own stands under the name of
 * the column, and a day as a moment
 * @throws a validation error that names what is absent without which there is no event
 */
export function readEvent(delivery: IncomingDelivery, shape?: Shape): DataverseEvent {
  const context = contextIn(delivery);
  const given = (name: string): string | undefined => headerOf(delivery.headers, name);
  const parameters = new Map(pairsIn(context['InputParameters']));
  const target = targetIn(parameters);
  const table =
    textIn(context['PrimaryEntityName']) ??
    textIn(target?.['LogicalName']) ??
    textIn(given(HEADERS.table));
  const message = textIn(context['MessageName']) ?? textIn(given(HEADERS.message));
  const id = idIn(rowIdIn(context, target, table));
  if (table === undefined || message === undefined || id === undefined) {
    const absent = [
      ...(table === undefined ? ['PrimaryEntityName'] : []),
      ...(id === undefined ? ['PrimaryEntityId'] : []),
      ...(message === undefined ? ['MessageName'] : []),
    ];
    throw validationError(`The webhook has no valid ${absent.join(', ')}`, EXPECTED);
  }
  const shared = sharedIn(context);
  const owner = context['OwningExtension'];
  const { Depth: depth } = context;
  return {
    table,
    id,
    message,
    columns: isEntity(target) ? rowIn(target, shape) : {},
    before: imageIn(context['PreEntityImages'], shape),
    after: imageIn(context['PostEntityImages'], shape),
    isCut: isCutOff(context, target, delivery),
    parameters: Object.fromEntries(
      [...parameters]
        .filter(([name, value]) => !(OF_ROW.includes(name) && value === target))
        .map(([name, value]) => [name, plainValue(value)]),
    ),
    operationId: idIn(context['OperationId']),
    requestId: idIn(context['RequestId']),
    correlationId: idIn(context['CorrelationId']) ?? idIn(given(HEADERS.correlation)),
    stepId: isRow(owner) ? idIn(owner['Id']) : undefined,
    organizationId: idIn(context['OrganizationId']),
    initiatingUserId: idIn(context['InitiatingUserId']),
    userId: idIn(context['UserId']),
    depth: typeof depth === 'number' ? depth : undefined,
    sharedVariables: shared,
    tag: textIn(shared['tag']),
    occurredAt: momentOf(context['OperationCreatedOn']),
  };
}

/**
 * What stays the same when an event is sent again, and is another for each event. Undefined: nothing does, and it cannot
 * be told whether it was there before.
 */
export function deliveryIdOf(event: DataverseEvent): string | undefined {
  const { operationId, requestId, stepId = '', table, id, message } = event;
  // A system job sends one event of one step. Without a job, the operation is the request, of which several steps may tell.
  if (operationId !== undefined && operationId !== requestId) return operationId;
  return requestId && [requestId, stepId, table, id, message].join(' ');
}
