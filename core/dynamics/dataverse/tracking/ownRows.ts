import { toServiceError } from '../../../errors';
import { isRow } from '../../../odata/answers';
import type {
  BatchOperation,
  BatchOutcome,
  RecordKey,
  Row,
  SingleOperation,
} from '../../../odata/types';
import type { Dataverse } from '../types';

/** A row that the pack writes, as far as the request says it. */
export interface OwnRow {
  set: string;
  /** In lower case. */
  id: string;
  /** What was sent, by the names of the Web API; of a lookup by its navigation property, `customerid_account@odata.bind`. */
  columns: Row;
  isDeleted?: true;
  /** The request may make the row. */
  mayMake?: true;
}

/** What became of what was sent. `doubtful`: there was no answer. */
export type Fate = 'written' | 'doubtful' | 'refused';

/** Is told of what is about to be written; what it gives back is told what became of it. */
export type NoteOwnRows = (rows: OwnRow[]) => (fate: Fate) => void;

const GUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const ONE_ROW = new RegExp(`^/?(\\w+)\\((${GUID})\\)`);
const BOUND = new RegExp(`^/?(\\w+)\\((${GUID})\\)$`);
const MULTIPLE = /^\/?(\w+)\/Microsoft\.Dynamics\.CRM\.(?:Create|Update|Upsert)Multiple$/;
const TYPE = /^#?Microsoft\.Dynamics\.CRM\.(\w+)$/;

const rowOf = (set: string, id: unknown, columns: Row): OwnRow[] =>
  typeof id === 'string' && new RegExp(`^${GUID}$`).test(id)
    ? [{ set, id: id.toLowerCase(), columns }]
    : [];

const making = (rows: OwnRow[]): OwnRow[] => rows.map((row) => ({ ...row, mayMake: true }));

/** Rows of a bulk message: each says of which table it is, and so what its key is called. */
function rowsInBulk(set: string, body: Row): OwnRow[] {
  const targets = Array.isArray(body['Targets']) ? body['Targets'].filter(isRow) : [];
  return targets.flatMap((target) => {
    const [, table = ''] = TYPE.exec(String(target['@odata.type'] ?? '')) ?? [];
    return rowOf(set, target[`${table}id`], target);
  });
}

/**
 * The documents that an action gives another status: FulfillSalesOrder and its like name the document by a binding in the
 * activity that they record, and the new status reason beside it.
 */
function rowsInAction(body: Row): OwnRow[] {
  const { Status: status } = body;
  if (typeof status !== 'number') return [];
  const bindings = Object.values(body)
    .filter(isRow)
    .flatMap((activity) => Object.entries(activity))
    .filter(([name]) => name.endsWith('@odata.bind'));
  return bindings.flatMap(([, to]) => {
    const [, set = '', id] = BOUND.exec(String(to)) ?? [];
    return rowOf(set, id, { statuscode: status });
  });
}

/** What a request writes of rows whose ids it knows. */
export function rowsWrittenBy({ method, path, body, headers = {} }: SingleOperation): OwnRow[] {
  const [address = ''] = path.split('?');
  const [, set = '', id] = ONE_ROW.exec(address) ?? [];
  if (method === 'DELETE') {
    return BOUND.test(address)
      ? rowOf(set, id, {}).map((row) => ({ ...row, isDeleted: true as const }))
      : [];
  }
  if (!isRow(body)) return [];
  // An update says that the row has to be there.
  const isUpdate = Object.keys(headers).some((name) => name.toLowerCase() === 'if-match');
  if (method === 'PATCH') return isUpdate ? rowOf(set, id, body) : making(rowOf(set, id, body));
  if (method !== 'POST') return [];
  const [, bulkSet] = MULTIPLE.exec(address) ?? [];
  if (bulkSet !== undefined) {
    const rows = rowsInBulk(bulkSet, body);
    return address.endsWith('UpdateMultiple') ? rows : making(rows);
  }
  return [...rowsInAction(body), ...rowsMade(address, body)];
}

/** A new row with a key of its own, which is the first GUID of a column that is called like a key. */
function rowsMade(address: string, body: Row): OwnRow[] {
  const set = /^\/?(\w+)$/.exec(address)?.[1];
  if (set === undefined) return [];
  const key = Object.keys(body).find(
    (name) => /^[a-z]\w*id$/.test(name) && set.startsWith(name.slice(0, -3)),
  );
  return making(rowOf(set, key && body[key], body));
}

const fateOf = (error: unknown): Fate =>
  toServiceError(error).class === 'transient' ? 'doubtful' : 'refused';

async function noted<T>(rows: OwnRow[], note: NoteOwnRows, send: () => Promise<T>): Promise<T> {
  if (rows.length === 0) return await send();
  const settle = note(rows);
  try {
    const answer = await send();
    settle('written');
    return answer;
  } catch (error) {
    settle(fateOf(error));
    throw error;
  }
}

async function notedBatch(
  operations: BatchOperation[],
  note: NoteOwnRows,
  send: () => Promise<BatchOutcome[]>,
): Promise<BatchOutcome[]> {
  const notes = operations.map((each) => {
    const members = 'changeSet' in each ? each.changeSet : [each];
    return note(members.flatMap(rowsWrittenBy));
  });
  try {
    const outcomes = await send();
    notes.forEach((settle, place) => {
      const outcome = outcomes[place];
      settle(outcome?.ok ? 'written' : fateOf(outcome?.error));
    });
    return outcomes;
  } catch (error) {
    for (const settle of notes) settle('doubtful');
    throw error;
  }
}

const keyed = (set: string, key: RecordKey, columns: Row): OwnRow[] => rowOf(set, key, columns);

/**
 * The client, and whoever is to know what it writes: told before, because a webhook may be quicker than the answer, and when
 * it is answered. What Dataverse has refused changes no row.
 */
export function notingWrites(client: Dataverse, note: NoteOwnRows): Dataverse {
  return {
    ...client,
    create: async (set, row, options) =>
      await noted(rowsMade(set, row), note, async () => await client.create(set, row, options)),
    update: async (set, key, row, options) =>
      await noted(
        keyed(set, key, row),
        note,
        async () => await client.update(set, key, row, options),
      ),
    upsert: async (set, key, row, options) =>
      await noted(
        making(keyed(set, key, row)),
        note,
        async () => await client.upsert(set, key, row, options),
      ),
    setStatus: async (set, key, status) =>
      await noted(
        keyed(set, key, { ...status }),
        note,
        async () => await client.setStatus(set, key, status),
      ),
    delete: async (set, key, options) => {
      const gone = keyed(set, key, {}).map((row) => ({ ...row, isDeleted: true as const }));
      await noted(gone, note, async () => await client.delete(set, key, options));
    },
    callAction: async (name, parameters = {}, bound) =>
      await noted(
        rowsInAction(parameters),
        note,
        async () => await client.callAction(name, parameters, bound),
      ),
    batch: async (operations, options) =>
      await notedBatch(operations, note, async () => await client.batch(operations, options)),
    request: async (operation) =>
      await noted(rowsWrittenBy(operation), note, async () => await client.request(operation)),
  };
}
