import { actingUser, type Engine, type Session } from '../engine';
import { errors } from '../errors';
import type { JsonObject } from '../options';
import { STATES, STATUSES, TIME_TO_LIVE } from '../schema/tables/backgroundoperation';
import type { Row } from '../store/row';
import type { TableRules } from '../write/rules';

/** The rows of background operations, and what clients may do with them. Source: Dataverse docs, background-operations. */

const TABLE = 'backgroundoperation';

export const rowOf = ({ database }: Engine, id: string): Row | undefined => database.get(TABLE, id);

export interface Begun {
  /** Unique name of the custom API. */
  name: string;
  input: JsonObject;
}

/** A JSON list of keys and values, as the columns of parameters hold it. */
const listed = (parameters: JsonObject): string =>
  JSON.stringify(Object.entries(parameters).map(([Key, Value]) => ({ Key, Value })));

/** Keeps what is to be done. Returns the id of the row. */
export function begin(engine: Engine, session: Session, { name, input }: Begun): string {
  const table = engine.model.required(TABLE);
  const id = engine.newId();
  const now = engine.timestamp();
  const user = actingUser(engine, session);
  const by = { table: 'systemuser', id: user };
  const row: Row = {
    [table.primaryId]: id,
    name,
    displayname: name,
    backgroundoperationstatecode: STATES.ready,
    backgroundoperationstatuscode: STATUSES.waiting,
    inputparameters: listed(input),
    retrycount: 0,
    runas: user,
    ttlinseconds: TIME_TO_LIVE,
    createdon: now,
    createdby: by,
    modifiedon: now,
    modifiedby: by,
  };
  engine.database.put(table, id, row, engine.switches.duplicateKeyStatus);
  return id;
}

/** Notes how far it is. Nothing happens to a row that somebody has deleted. */
export function note(engine: Engine, id: string, changes: Row): void {
  const row = rowOf(engine, id);
  if (!row) return;
  const table = engine.model.required(TABLE);
  const changed = { ...row, ...changes, modifiedon: engine.timestamp() };
  engine.database.put(table, id, changed, engine.switches.duplicateKeyStatus);
}

export const started = (engine: Engine): Row => ({
  backgroundoperationstatecode: STATES.locked,
  backgroundoperationstatuscode: STATUSES.inProgress,
  starttime: engine.timestamp(),
});

const ended = (engine: Engine, status: number): Row => ({
  backgroundoperationstatecode: STATES.completed,
  backgroundoperationstatuscode: status,
  endtime: engine.timestamp(),
});

export const succeeded = (engine: Engine, output: JsonObject): Row => ({
  ...ended(engine, STATUSES.succeeded),
  outputparameters: listed(output),
});

export const failed = (engine: Engine, code: number, message: string): Row => ({
  ...ended(engine, STATUSES.failed),
  errorcode: code,
  errormessage: message,
});

export const canceled = (engine: Engine): Row => ended(engine, STATUSES.canceled);

export const isCanceling = (row: Row | undefined): boolean =>
  row?.backgroundoperationstatuscode === STATUSES.canceling;

export const CANCELING = {
  backgroundoperationstatecode: STATES.locked,
  backgroundoperationstatuscode: STATUSES.canceling,
} as const;

/** The code of this refusal is an inference, its text is documented. */
export function refuseEnded({ backgroundoperationstatecode: state }: Row): void {
  if (state !== STATES.completed) return;
  throw errors.invalidArgument(
    'Canceling background operation is not allowed after it is in terminal state.',
  );
}

/** Documented: a client cancels by these two columns; all others are the service's own. */
export const backgroundRules: TableRules = {
  prepare: ({ before, sent }, row) => {
    if (!before) {
      throw errors.invalidArgument(
        "A background operation is begun by a request with 'Prefer: respond-async'.",
      );
    }
    const isCancel = Object.entries(CANCELING).every(([name, value]) => row[name] === value);
    const touched = Object.keys(CANCELING).some((name) => name in sent);
    if (touched && !isCancel) {
      throw errors.invalidArgument(
        "Only 'backgroundoperationstatecode' 2 with 'backgroundoperationstatuscode' 22 can be set.",
      );
    }
    if (touched) refuseEnded(before);
    return row;
  },
};
