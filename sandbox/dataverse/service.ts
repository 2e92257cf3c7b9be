import { seededUuid, type SandboxContext } from '../kit';
import { BackgroundOperations } from './background/operations';
import { BatchRunner, type Perform } from './batch/execute';
import { Dispatcher } from './dispatch';
import { createDoor } from './door';
import type { Engine, Session } from './engine';
import { buildApp } from './http/app';
import { ServiceProtection } from './limits';
import type { DataverseOptions, DataverseService, JsonObject } from './options';
import { plainRow } from './query/render';
import { ruleBook } from './rule-book';
import { withEndpoints } from './events/attempt';
import { Pipeline } from './events/pipeline';
import { allHooks } from './events/steps';
import { settleCustomizing } from './metadata/customizing';
import { withPicture } from './schema/files';
import { Model } from './schema/model';
import { withServedTargets } from './schema/served';
import { type Solution, tablesOf } from './schema/solutions';
import { builtInAssociations, builtInTables } from './schema/tables';
import type { TableSchema } from './schema/types';
import { messagesOf, SYSTEM_IDS, withSystemRows } from './seed';
import { privilegeRows } from './security/privileges';
import { Database, type RowChange } from './store/database';
import { defaultSwitches } from './switches';
import { Writer } from './write/writer';

export type { DataverseOptions, DataverseService, JsonObject, SeedRows } from './options';
export { SYSTEM_IDS } from './seed';
export { table } from './schema/columns';
export type { TableSchema } from './schema/types';

/** The tables that Microsoft ships: those of Sales, and those of what is installed beside it. */
const shippedTables = ({ solutions = [] }: DataverseOptions): TableSchema[] => [
  ...builtInTables,
  ...tablesOf(solutions),
];

function buildModel(options: DataverseOptions): Model {
  const schemas = [...shippedTables(options), ...(options.tables ?? [])]
    .map(withPicture)
    .map((schema) => ({
      ...schema,
      keys: [...schema.keys, ...(options.keys?.[schema.name] ?? [])],
      ...(options.untracked?.includes(schema.name) ? { changeTracking: false } : {}),
    }));
  return new Model(withServedTargets(schemas), builtInAssociations);
}

/** Ids of new rows: the same sequence after every reset. */
function idSource(context: SandboxContext, engine: () => Engine): () => string {
  const random = context.stream('dataverse ids');
  return () => engine().once('id', () => seededUuid(random));
}

function buildEngine(
  context: SandboxContext,
  options: DataverseOptions,
  follow: (change: RowChange) => void,
): Engine {
  const model = buildModel(options);
  const engine: Engine = {
    context,
    model,
    database: new Database(model, follow),
    switches: { ...structuredClone(defaultSwitches), ...options.switches },
    now: () => engine.attempt?.at ?? context.now(),
    timestamp: () =>
      engine
        .now()
        .toISOString()
        .replace(/\.\d+Z$/, 'Z'),
    once: (kind, draw) => engine.attempt?.once(kind, draw) ?? draw(),
    newId: idSource(context, () => engine),
    userId: SYSTEM_IDS.applicationUser,
  };
  return engine;
}

/** The Dataverse Web API with the tables of Dynamics 365 Sales, in memory. */
export function createDataverse(
  context: SandboxContext,
  options: DataverseOptions = {},
): DataverseService {
  const pipeline: Pipeline = new Pipeline(() => engine, context.faults);
  const follow = (change: RowChange): void => pipeline.follow(change);
  const engine = buildEngine(context, options, follow);
  const writer = new Writer(engine, ruleBook);
  const dispatcher = new Dispatcher(engine, writer);
  context.faults.addLimits('dataverse');
  const limits = new ServiceProtection(() => context.now(), engine.switches);
  const custom = [...(options.tables ?? [])];
  let { solutions = [] } = options;

  const settle = async (session: Session): Promise<void> => {
    const rows = session.writes;
    session.writes = 0;
    await settleCustomizing(engine, session);
    if (rows > 0) await context.faults.writes('dataverse', rows);
  };
  const perform: Perform = (session, work) =>
    withEndpoints(engine, session, (event) => pipeline.call(event), work);
  const batches = new BatchRunner(engine, dispatcher, { settle, perform });
  const background = new BackgroundOperations(engine, dispatcher, { settle, perform });
  const app = buildApp({
    context,
    options,
    dispatcher,
    batches,
    background,
    limits,
    switches: engine.switches,
    settle,
    perform,
  });

  const door = createDoor(engine, writer);
  const { insert } = door;

  const fill = (): void => {
    const seed = [...(options.seed ?? []), ...(options.solutionSeed?.(solutions) ?? [])];
    const tables = shippedTables({ ...options, solutions });
    const all = [...withSystemRows(seed, tables), ...custom.flatMap(messagesOf)];
    for (const [entitySet, rows] of all) insert(entitySet, rows);
    insert('privileges', privilegeRows(engine));
  };

  const install = (wanted: readonly Solution[]): void => {
    solutions = wanted;
    pipeline.reset();
    background.reset();
    engine.model = buildModel({ ...options, tables: custom, solutions });
    engine.database = new Database(engine.model, follow);
    engine.newId = idSource(context, () => engine);
    fill();
  };

  const reset = (): void => {
    Object.assign(engine.switches, structuredClone(defaultSwitches), options.switches);
    limits.reset();
    install(options.solutions ?? []);
  };

  const rowsById = (entitySet: string): ReadonlyMap<string, JsonObject> | undefined => {
    const table = engine.model.set(entitySet);
    if (!table) return undefined;
    const columns = [...table.columns.values()];
    return new Map(
      [...engine.database.store(table.name).rows].map(([id, row]): [string, JsonObject] => [
        id,
        plainRow(row, columns),
      ]),
    );
  };

  const rows = (entitySet: string): JsonObject[] | undefined => {
    const found = rowsById(entitySet);
    return found && [...found.values()];
  };

  fill();
  app.addHook('onClose', async () => {
    pipeline.stop();
    background.stop();
    await pipeline.webhooks.idle();
    await background.idle();
  });
  return {
    app,
    webhooks: pipeline.webhooks,
    background,
    hooks: () => allHooks(engine),
    switches: engine.switches,
    rows,
    rowsById,
    ...door,
    reset,
    install,
    addTable: (table: TableSchema) => {
      custom.push(table);
      engine.model.addTable(table);
      for (const [entitySet, rows] of messagesOf(table)) insert(entitySet, rows);
    },
    entitySets: () => engine.model.tables.map((table) => table.schema.entitySet),
  };
}
