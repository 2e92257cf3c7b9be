import { setTimeout as sleep } from 'node:timers/promises';
import type { WebResponse } from '../../odata/http/message';
import type { Engine, Session } from '../engine';
import { DataverseError, errors } from '../errors';
import type { Call } from '../operations/call';
import type { Model } from '../schema/model';
import type { Choice } from '../schema/types';
import { type CustomizingPrivilege, requirePrivilege } from '../security/privileges';

/** What all changes of metadata have in common: rights, one at a time, the solution, and a cache that lags behind. */

interface State {
  /** Whose change is under way. */
  running?: Session;
  /** When each piece of metadata was made, in milliseconds since 1970. */
  madeAt: WeakMap<object, number>;
  /** Changes that nobody has published yet: of each table or global choice, by its piece that they change. */
  unpublished: Map<string, Map<string, () => void>>;
  /** Options of choices that nobody has published yet, by the piece that they belong to. */
  options: Map<string, readonly Choice[]>;
}

const states = new WeakMap<Model, State>();

export function customizingOf({ model }: Engine): State {
  const known = states.get(model);
  if (known) return known;
  const state: State = { madeAt: new WeakMap(), unpublished: new Map(), options: new Map() };
  states.set(model, state);
  return state;
}

/** What is published as a whole, as `PublishXml` names it. */
export const publishable = (kind: 'entity' | 'optionset', name: string): string =>
  `${kind} ${name.toLowerCase()}`;

/** Keeps a change until it is published. A later one of the same piece takes its place. */
export function untilPublished(
  engine: Engine,
  owner: string,
  piece: string,
  apply: () => void,
): void {
  const { unpublished } = customizingOf(engine);
  const pieces = unpublished.get(owner) ?? new Map<string, () => void>();
  pieces.set(piece, apply);
  unpublished.set(owner, pieces);
}

/** Of `solutioncomponent.componenttype`. Source: Dataverse docs, entity reference of solutioncomponent. */
export const COMPONENTS = {
  table: 1,
  column: 2,
  globalChoice: 9,
  relationship: 10,
  key: 14,
} as const;

export interface Made {
  response: WebResponse;
  /** What was added, for reads that come out of the cache. */
  piece?: object;
  component?: { id: string; type: number };
}

/**
 * Makes one change of metadata. While another is under way it is refused with 429 and 0x80071151, as seen live; the
 * documentation names neither.
 */
export function customize(
  call: Call,
  privilege: CustomizingPrivilege,
  change: () => Made,
): WebResponse {
  const { engine, session } = call;
  const state = customizingOf(engine);
  requirePrivilege(engine, session, privilege);
  if (state.running) {
    throw new DataverseError(
      429,
      '0x80071151',
      'Cannot start another [EntityCustomization] because there is a previous [EntityCustomization] ' +
        'running at this moment. Use Solution History for more details.',
    );
  }
  const solution = solutionOf(call);
  const { response, piece, component } = change();
  if (piece) state.madeAt.set(piece, engine.context.now().getTime());
  if (solution !== undefined && component) {
    call.writer.create(session, engine.model.required('solutioncomponent'), {
      objectid: component.id,
      componenttype: component.type,
      'solutionid@odata.bind': `/solutions(${solution})`,
    });
  }
  call.engine.context.counters.operation('dataverse', 'metadata write');
  if (engine.switches.metadataWriteMs > 0) state.running = session;
  return response;
}

/** Waits as long as a change takes that the session has made, and lets the next one begin. */
export async function settleCustomizing(engine: Engine, session: Session): Promise<void> {
  const state = customizingOf(engine);
  if (state.running !== session) return;
  try {
    await sleep(engine.switches.metadataWriteMs);
  } finally {
    state.running = undefined;
  }
}

/** The solution that `MSCRM.SolutionUniqueName` names; it has to exist and must not be managed. */
function solutionOf({ engine, request }: Call): string | undefined {
  const name = request.headers['mscrm.solutionuniquename'];
  if (name === undefined) return undefined;
  for (const row of engine.database.store('solution').rows.values()) {
    if (String(row.uniquename).toLowerCase() !== name.toLowerCase()) continue;
    if (row.ismanaged === true) {
      throw errors.invalidArgument(`The solution '${name}' is managed and cannot be changed.`);
    }
    return String(row.solutionid);
  }
  throw errors.invalidArgument(`The solution '${name}' was not found.`);
}

/**
 * Whether a read knows a piece of metadata yet. Documented: reads come out of a cache that may lag some 30 seconds
 * behind, unless they ask with `Consistency: Strong`.
 */
export function isKnown({ engine, request }: Call, piece: object): boolean {
  if (request.method !== 'GET') return true;
  const made = customizingOf(engine).madeAt.get(piece);
  if (made === undefined || request.headers.consistency?.toLowerCase() === 'strong') return true;
  const age = engine.context.now().getTime() - made;
  return age >= engine.switches.metadataCacheSeconds * 1000;
}
