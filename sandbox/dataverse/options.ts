import type { Service } from '../kit';
import type { JsonObject, JsonValue } from '../odata/json';
import type { EventWebhooks } from './events/pipeline';
import type { Hook } from './events/steps';
import type { Solution } from './schema/solutions';
import type { KeySchema, TableSchema } from './schema/types';
import type { Switches } from './switches';

export type { JsonObject, JsonValue };

/** Checks access tokens; the `tokens` of the Entra service fit. */
export interface TokenChecker {
  check(
    token: string,
  ):
    | { ok: true; claims: { aud: string; appid: string; oid?: string } }
    | { ok: false; reason: string };
}

/** Rows to begin with, in the order in which they are made: `[entity set, rows as a POST would send them]`. */
export type SeedRows = ReadonlyArray<readonly [entitySet: string, rows: readonly JsonObject[]]>;

export interface DataverseOptions {
  /** Left out: no token is asked for. */
  tokens?: TokenChecker;
  /** Authority that the Bearer challenge of a 401 names. */
  authorizationUri?: string | (() => string);
  /** Audiences accepted besides the address that the request itself came to. */
  audiences?: readonly string[];
  seed?: SeedRows;
  /** What is installed beside Sales. Left out: nothing. */
  solutions?: readonly Solution[];
  /** Rows that installed solutions begin with, after those of `seed`. */
  solutionSeed?: (solutions: readonly Solution[]) => SeedRows;
  /** Custom tables, beside the built-in ones. */
  tables?: readonly TableSchema[];
  /** Alternate keys beside the built-in ones, by logical table name. */
  keys?: Readonly<Record<string, readonly KeySchema[]>>;
  /** Tables, by logical name, whose changes are not tracked until somebody switches that on. */
  untracked?: readonly string[];
  switches?: Partial<Switches>;
}

/**
 * Rows outside of HTTP, without latency and limits, by the same rules. `userId`: who does it; left out: the application
 * user. Synchronous steps are told of it like asynchronous ones, because nobody waits for them.
 */
export interface RowDoor {
  /** Makes rows. Returns their ids. */
  insert(entitySet: string, rows: readonly JsonObject[], userId?: string): string[];
  change(entitySet: string, id: string, body: JsonObject, userId?: string): void;
  remove(entitySet: string, id: string, userId?: string): void;
}

export interface DataverseService extends Service, RowDoor {
  switches: Switches;
  /** What the steps of webhooks send. */
  readonly webhooks: EventWebhooks;
  /** Requests that are worked on after they were answered. */
  readonly background: { idle(): Promise<void> };
  /** Where they go at this moment. */
  hooks(): Hook[];
  /** Every row of a set as stored, computed columns included; undefined when there is no such set. */
  rows(entitySet: string): JsonObject[] | undefined;
  /** The same by their ids. */
  rowsById(entitySet: string): ReadonlyMap<string, JsonObject> | undefined;
  /**
   * Installs exactly these solutions beside Sales, and begins anew with their rows. Until the next reset, which brings
   * back those that the service was made with.
   */
  install(solutions: readonly Solution[]): void;
  /** Adds a custom table. */
  addTable(table: TableSchema): void;
  /** Names of all entity sets. */
  entitySets(): string[];
}
