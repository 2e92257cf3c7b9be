import { tableOf, type Engine, type Session } from './engine';
import { errors } from './errors';
import { ownExecution } from './events/execution';
import type { JsonObject, RowDoor } from './options';
import { userWithId } from './http/impersonation';
import type { Table } from './schema/model';
import type { Writer } from './write/writer';

/** Rows past HTTP, without latency and limits, by the same rules: what people and other programs do in an environment. */
export function createDoor(engine: Engine, writer: Writer): RowDoor {
  const work = <T>(userId: string | undefined, write: (session: Session) => T): T => {
    const worker = userId === undefined ? undefined : userWithId(engine, userId);
    const session: Session = {
      base: '/api/data/v9.2/',
      contentIds: new Map(),
      writes: 0,
      ...(worker === undefined ? {} : { worker }),
    };
    const before = engine.execution;
    engine.execution = ownExecution(engine, worker);
    try {
      return engine.database.atomic(() => write(session));
    } finally {
      engine.execution = before;
    }
  };
  const known = (entitySet: string, id: string): { table: Table; id: string } => {
    const table = tableOf(engine, entitySet);
    const key = id.toLowerCase();
    if (!engine.database.get(table.name, key)) throw errors.notFound(table.name, id);
    return { table, id: key };
  };
  return {
    insert: (entitySet, rows: readonly JsonObject[], userId) =>
      work(userId, (session) => {
        const table = tableOf(engine, entitySet);
        return rows.map((row) => writer.create(session, table, row));
      }),
    change: (entitySet, id, body, userId) =>
      work(userId, (session) => {
        const row = known(entitySet, id);
        writer.update(session, row.table, row.id, body);
      }),
    remove: (entitySet, id, userId) =>
      work(userId, (session) => {
        const row = known(entitySet, id);
        writer.delete(session, row.table, row.id);
      }),
  };
}
