import type { Engine } from '../engine';
import type { JsonObject, JsonValue } from '../options';
import type { RowChange } from '../store/database';
import { isReference, type Row } from '../store/row';
import { changedColumns, imageOf, requestedOf, targetOf } from './entities';
import type { Execution } from './execution';
import { listed, messageOf, type Step } from './steps';
import { referenceMembers, referenceValue, time } from './values';

/** The execution context of a step as JSON. Source: Dataverse docs, use-webhooks (RemoteExecutionContext). */

/** One event of one step. */
export interface StepEvent {
  step: Step;
  change: RowChange;
  execution: Execution;
  /** Id of the message that wrote the row, which its synchronous steps are told. */
  requestId: string;
  /** Id of the delivery, and of the system job of an asynchronous step. */
  operationId: string;
  /** Milliseconds since 1970 at which the step was put in the queue. */
  at: number;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

const PRE_IMAGE = 0;
const POST_IMAGE = 1;
const BOTH = 2;

/** Where the server that writes a delivery stands, as it does in the documented example. */
const SERVER_OFFSET = '-0700';

function images({ database }: Engine, { step, change }: StepEvent, kind: number): JsonObject[] {
  const row = kind === PRE_IMAGE ? change.before : change.after;
  if (!row) return [];
  const owner = { table: 'sdkmessageprocessingstep', id: step.id };
  return database
    .referrers('sdkmessageprocessingstepimage', 'sdkmessageprocessingstepid', owner)
    .filter(({ imagetype }) => imagetype === kind || imagetype === BOTH)
    .map((image) => ({
      key: String(image.entityalias),
      value: imageOf(change.table, change.id, row, listed(image.attributes)),
    }));
}

/** Asynchronous steps have the name of the row beside the images that were asked for. */
function primaryName({ step, change }: StepEvent): JsonObject[] {
  const { table, id, after } = change;
  if (step.synchronous || !after) return [];
  const value = imageOf(table, id, after, [table.schema.primaryName]);
  return [{ key: 'AsynchronousStepPrimaryName', value }];
}

const unitOf = ({ database }: Engine, user: Row | undefined): string => {
  const unit = user?.businessunitid;
  if (isReference(unit)) return unit.id;
  return [...database.store('businessunit').rows.keys()][0] ?? NOBODY;
};

function organizationOf({ database }: Engine): { id: string; name: string } {
  const [id = NOBODY] = database.store('organization').rows.keys();
  return { id, name: `unq${id.replaceAll('-', '').slice(0, 29)}` };
}

const targetParameter = (
  event: StepEvent,
  target: (change: RowChange) => JsonObject,
): JsonObject => {
  const { table, id, after } = event.change;
  const value = after ? target(event.change) : referenceValue({ table: table.name, id });
  return { key: 'Target', value };
};

/** Source: a public capture, which has the app among the parameters and the shared variables of step and request. */
function appName({ switches }: Engine, { execution }: StepEvent): JsonObject[] {
  const { appName: value } = execution;
  if (value === undefined || switches.deliveryMembers !== '2025') return [];
  return [{ key: 'x-ms-app-name', value }];
}

const sharedVariables = (engine: Engine, event: StepEvent): JsonObject[] => {
  const { tag } = event.execution;
  return [...appName(engine, event), ...(tag === undefined ? [] : [{ key: 'tag', value: tag }])];
};

/** The documented example leaves the name of the step out; captures have it. */
const owningExtension = ({ switches }: Engine, { id, row }: Step): JsonObject => ({
  ...referenceMembers({ table: 'sdkmessageprocessingstep', id }),
  ...(switches.deliveryMembers === '2025' ? { Name: String(row.name) } : {}),
});

/** There is no row yet before the operation. Source: Dataverse docs, event-framework (stages). */
const MAIN_OPERATION = 30;

const outputs = ({ step, change }: StepEvent): JsonObject[] =>
  change.before || Number(step.row.stage) < MAIN_OPERATION ? [] : [{ key: 'id', value: change.id }];

/**
 * What an asynchronous step is told of its job; a synchronous one has none, and is told of the message instead. Source:
 * Dataverse docs, use-webhooks, for the first; a public capture of a synchronous step of Create for the second.
 */
const operationOf = (event: StepEvent): JsonObject =>
  event.step.synchronous
    ? {
        OperationCreatedOn: time(event.at),
        OperationId: event.requestId,
        RequestId: event.requestId,
      }
    : {
        OperationCreatedOn: time(event.at, SERVER_OFFSET),
        OperationId: event.operationId,
        RequestId: null,
      };

/** What is the same in the context of a step and in the one around it. */
function common(engine: Engine, event: StepEvent) {
  const { step, change, execution } = event;
  const { callerId } = execution;
  // Documented: a step may be run in the context of another user than the one who called.
  const { impersonatinguserid: other } = step.row;
  const userId = isReference(other) ? other.id : execution.userId;
  const byCaller = engine.switches.initiatingUser === 'caller';
  const initiatingId = byCaller ? callerId : execution.userId;
  const user = engine.database.get('systemuser', userId);
  const initiating = engine.database.get('systemuser', initiatingId);
  const organization = organizationOf(engine);
  const objectId = (row: Row | undefined): string =>
    String(row?.azureactivedirectoryobjectid ?? NOBODY);
  const newer: JsonObject =
    engine.switches.deliveryMembers === '2025'
      ? {
          InitiatingUserAgent: execution.userAgent,
          InitiatingUserAzureActiveDirectoryObjectId: objectId(initiating),
          UserAzureActiveDirectoryObjectId: objectId(user),
        }
      : {};
  return {
    BusinessUnitId: unitOf(engine, user),
    CorrelationId: execution.correlationId,
    Depth: change.sent || !change.after ? 1 : engine.switches.consequenceDepth,
    ...newer,
    InitiatingUserId: initiatingId,
    IsExecutingOffline: false,
    IsInTransaction: step.synchronous,
    IsOfflinePlayback: false,
    IsolationMode: 1,
    MessageName: messageOf(change),
    Mode: step.synchronous ? 0 : 1,
    ...operationOf(event),
    OrganizationId: organization.id,
    OrganizationName: organization.name,
    OwningExtension: owningExtension(engine, step),
    PrimaryEntityId: change.id,
    PrimaryEntityName: change.table.name,
    SecondaryEntityName: 'none',
    UserId: userId,
  };
}

/** Members in the order of the alphabet, as the documented example has them. */
const ordered = (members: Record<string, JsonValue>): JsonObject =>
  Object.fromEntries(Object.entries(members).sort(([one], [other]) => (one < other ? -1 : 1)));

/** The main operation of the request, around the step that follows it. */
function parentContext(engine: Engine, event: StepEvent): JsonObject | null {
  if (engine.switches.parentContext === 'none' || !event.change.sent) return null;
  return ordered({
    ...common(engine, event),
    InputParameters: [
      targetParameter(event, requestedOf),
      ...appName(engine, event),
      { key: 'SuppressDuplicateDetection', value: false },
    ],
    OutputParameters: [],
    ParentContext: null,
    PostEntityImages: [],
    PreEntityImages: [],
    SharedVariables: sharedVariables(engine, event),
    Stage: MAIN_OPERATION,
  });
}

export function executionContext(engine: Engine, event: StepEvent): JsonObject {
  return ordered({
    ...common(engine, event),
    InputParameters: [targetParameter(event, targetOf), ...appName(engine, event)],
    OutputParameters: outputs(event),
    ParentContext: parentContext(engine, event),
    PostEntityImages: [...primaryName(event), ...images(engine, event, POST_IMAGE)],
    PreEntityImages: images(engine, event, PRE_IMAGE),
    SharedVariables: sharedVariables(engine, event),
    Stage: Number(event.step.row.stage),
  });
}

/** Whether anything but the time of a change is another now. */
export const isChange = (change: RowChange): boolean =>
  change.sent !== undefined || !change.before || !change.after || changedColumns(change).length > 0;
