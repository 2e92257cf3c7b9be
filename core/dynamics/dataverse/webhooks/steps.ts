import { ServiceError } from '../../../errors';
import { isRow } from '../../../odata/answers';
import { and, eq, or } from '../../../odata/query';
import type { ODataClient, Row } from '../../../odata/types';
import { idIn } from './values';
import { withRight } from './rights';

/** What a trigger is to be told of: a message of a table, as one step. */
export interface StepWish {
  /** As the trigger calls it. */
  event: string;
  /** Logical name. */
  table: string;
  /** `Create`, `Update`, `Delete`, or another message that the table has. */
  message: string;
  /** Of an update: only where one of these is written. None: whatever is. */
  columns?: readonly string[];
  /** Columns of the row as it was before. None: no image. A creation has nothing before it. */
  before?: readonly string[];
  /** Columns of the row as it is afterwards, likewise. A deletion leaves nothing. */
  after?: readonly string[];
}

/** Where a step is registered: the message, and the message of this one table. */
export interface MessageIds {
  messageId: string;
  filterId: string;
}

/** PostOperation: what is told has been done. */
const STAGE = 40;
/** Asynchronous: whoever writes the row waits for nobody, and loses nothing where n8n is away. */
const MODE = 1;

/** The columns of a step that a wish decides, and that are repaired where somebody has changed them. */
export function stepColumns({ message, columns = [] }: StepWish): Row {
  const filtered = message === 'Update' && columns.length > 0;
  return {
    stage: STAGE,
    mode: MODE,
    filteringattributes: filtered ? columns.join(',') : null,
    statecode: 0,
    statuscode: 1,
  };
}

/** A new step. Source: Dataverse docs, entity reference of sdkmessageprocessingstep. */
export function newStep(
  wish: StepWish,
  { messageId, filterId }: MessageIds,
  endpoint: string,
): Row {
  const { statecode: _state, statuscode: _reason, ...columns } = stepColumns(wish);
  return {
    name: `n8n: ${wish.message} of ${wish.table}`,
    ...columns,
    rank: 1,
    supporteddeployment: 0,
    // What was delivered leaves no row behind; what was not stays among the system jobs.
    asyncautodelete: true,
    'eventhandler_serviceendpoint@odata.bind': `/serviceendpoints(${endpoint})`,
    'sdkmessageid@odata.bind': `/sdkmessages(${messageId})`,
    'sdkmessagefilterid@odata.bind': `/sdkmessagefilters(${filterId})`,
  };
}

/** Names in a list of the service, whatever their order. */
export const namesIn = (list: unknown): string =>
  (typeof list === 'string' ? list.split(',') : [])
    .map((name) => name.trim())
    .filter(Boolean)
    .sort()
    .join(',');

/** Whether a step that stands does what is wanted, apart from being enabled and from its images. */
export function isStepAsWished(step: Row, wish: StepWish): boolean {
  const wanted = stepColumns(wish);
  return (
    step['stage'] === wanted['stage'] &&
    step['mode'] === wanted['mode'] &&
    namesIn(step['filteringattributes']) === namesIn(wanted['filteringattributes'])
  );
}

/** By service root, table and message. An environment has them for good, so that a process asks once. */
const known = new Map<string, MessageIds>();

/** Asks anew in this process. */
export function forgetMessageIds(): void {
  known.clear();
}

interface Pair {
  table: string;
  message: string;
}

const keyOf = ({ root }: ODataClient, { table, message }: Pair): string =>
  [root, table, message].join(' ');

async function ask(client: ODataClient, pairs: readonly Pair[]): Promise<void> {
  const rows = await withRight('Read', 'sdkmessagefilter', () =>
    client.list('sdkmessagefilters', {
      select: ['sdkmessagefilterid', 'primaryobjecttypecode', '_sdkmessageid_value'],
      expand: [{ property: 'sdkmessageid', select: ['name'] }],
      filter: and(
        eq('iscustomprocessingstepallowed', true),
        or(
          ...pairs.map(({ table, message }) =>
            and(eq('primaryobjecttypecode', table), eq('sdkmessageid/name', message)),
          ),
        ),
      ),
    }),
  );
  for (const row of rows) {
    const { sdkmessageid: message, primaryobjecttypecode: table } = row;
    const filterId = idIn(row['sdkmessagefilterid']);
    const messageId = idIn(row['_sdkmessageid_value']);
    if (!isRow(message) || filterId === undefined || messageId === undefined) continue;
    known.set(keyOf(client, { table: String(table), message: String(message['name']) }), {
      messageId,
      filterId,
    });
  }
}

/** Ids for each of these pairs; undefined for a message of which the table tells nobody. */
export async function messageIdsOf(
  client: ODataClient,
  pairs: readonly Pair[],
): Promise<Array<MessageIds | undefined>> {
  const missing = pairs.filter((pair) => !known.has(keyOf(client, pair)));
  if (missing.length > 0) await ask(client, missing);
  return pairs.map((pair) => known.get(keyOf(client, pair)));
}

export const noSuchMessage = ({ table, message }: Pair): ServiceError =>
  new ServiceError(`Dynamics 365 sends no webhook for ${message} of the table ${table}`, {
    class: 'configuration',
    fix: `Check the name of the table (its logical name, such as salesorder); virtual tables, for one, tell nobody. Let the trigger receive by Change Tracking, if the table has that, or choose another event.`,
  });
