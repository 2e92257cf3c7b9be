import type { SandboxContext } from '../kit';
import { errors } from './errors';
import type { Attempt } from './events/attempt';
import type { Execution } from './events/execution';
import type { Model, Table } from './schema/model';
import type { Database } from './store/database';
import type { Switches } from './switches';

/** What every operation works on. */
export interface Engine {
  context: SandboxContext;
  model: Model;
  database: Database;
  switches: Switches;
  /** Time of the request: the same in all its runs. */
  now(): Date;
  /** The same as stored: UTC, whole seconds. */
  timestamp(): string;
  newId(): string;
  /** What is drawn at this place of the request, in all its runs the same. `kind`: what it is drawn for. */
  once(kind: string, draw: () => string): string;
  /** The application user that requests act as. */
  userId: string;
  /** The request that is at work; undefined where rows are made outside of HTTP. */
  execution?: Execution;
  /** How often it has run, where it has come to synchronous steps; undefined where nothing waits for them. */
  attempt?: Attempt;
}

/** What one HTTP request (or one batch) carries from operation to operation. */
export interface Session {
  /** Service root with a slash at its end, such as `http://127.0.0.1:4601/api/data/v9.2/`. */
  base: string;
  /** Addresses of rows made earlier, by Content-ID. */
  contentIds: Map<string, string>;
  /** Rows written so far; the caller turns them into latency. */
  writes: number;
  /** The user that the caller acts as (impersonation); left out: the application user itself. */
  actingAs?: string;
  /** Who works outside of HTTP; left out: the application user. */
  worker?: string;
}

export function tableOf(engine: Engine, entitySet: string): Table {
  const table = engine.model.set(entitySet);
  if (!table) throw errors.noSegment(entitySet);
  return table;
}

/** The user whose name a write gets. */
export const actingUser = (engine: Engine, session: Session): string =>
  session.actingAs ?? session.worker ?? engine.userId;

export const entityUrl = (session: Session, table: Table, id: string): string =>
  `${session.base}${table.schema.entitySet}(${id})`;
