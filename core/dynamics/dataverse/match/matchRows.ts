import { ServiceError } from '../../../errors';
import { inTurn } from '../../../http/in-turn';
import { noteUnchanged } from '../../../odata/rehearsal/unchanged';
import { type Outcome, settle } from '../../../outcome';
import type { RowResult } from '../../tables';
import { writeRowChanges } from '../rows/writeChanges';
import type { RowWrite } from '../rows/writeRows';
import type { Dataverse } from '../types';
import { Choices } from './choices';
import { decideAll } from './decide';
import type { Wanted } from './decide';
import { findParties } from './find';
import type { PartyTable } from './party';
import { type MatchOptions, type MatchResult, type Plan, planOf } from './plan';
import { type PartyWrite, wantedOf } from './wanted';

/** One customer on the way. */
interface Job extends PartyWrite {
  wanted: Wanted;
  /** Where he stands among those who were handed in. */
  place: number;
}

type Written = Outcome<RowResult>;

/** Deleted after it was found: nothing was written, and the next look finds another or none. */
function goneMeanwhile({ words }: PartyTable, error: ServiceError): ServiceError {
  if (error.class !== 'not-found') return error;
  return new ServiceError(`The ${words.name} that matched has been deleted meanwhile`, {
    class: 'conflict',
    code: 'MATCH_GONE',
    fix: 'Nothing to repair: it is looked for again.',
    cause: error,
  });
}

/** The plan of one customer, and where he stands among those who were handed in. */
interface Placed {
  plan: Plan;
  place: number;
}

/** The writes of one kind, in one batch; what became of each plan. */
async function send(
  client: Dataverse,
  { set, key }: PartyTable,
  kind: 'upsert' | 'update',
  placed: Placed[],
  { headers, conflicts, memoryOf, factsOf }: MatchOptions,
): Promise<[Plan, Written][]> {
  const sent = placed.flatMap(({ plan, place }) =>
    plan.write?.kind === kind ? [{ plan, place, ...plan.write }] : [],
  );
  const rows = sent.map(({ plan, row, place }): RowWrite => ({
    set,
    primaryId: key,
    key: plan.id,
    row,
    places: [place],
  }));
  const placeOf = (at: number | undefined) => (at === undefined ? undefined : sent[at]?.place);
  const outcomes = await writeRowChanges(client, kind, rows, {
    headers,
    conflicts,
    memoryOf: memoryOf && ((name, rowAt) => memoryOf(name, (id) => placeOf(rowAt(id)))),
    factsOf: (at) => ({
      ...factsOf?.(placeOf(at) ?? at),
      isMissing: sent[at]?.plan.isNew ?? false,
    }),
  });
  return sent.flatMap(({ plan }, index) => {
    const outcome = outcomes[index];
    return outcome ? [[plan, outcome]] : [];
  });
}

function resultOf(
  table: PartyTable,
  { key }: Wanted,
  plan: Plan,
  written: Written | undefined,
): Outcome<MatchResult> {
  if (written?.ok === false) return { ok: false, error: goneMeanwhile(table, written.error) };
  const { id, matchedBy, unwritten } = plan;
  const {
    decisions,
    notes = [],
    outcome,
  } = (plan.write && written?.value) ?? {
    outcome: unwritten,
  };
  const all = [...plan.notes, ...notes];
  const told = { ...(decisions && { decisions }), ...(all.length > 0 && { notes: all }) };
  return { ok: true, value: { id, shopKey: key, outcome, matchedBy, ...told } };
}

async function matchAll(
  client: Dataverse,
  table: PartyTable,
  jobs: Job[],
  options: MatchOptions,
): Promise<Outcome<MatchResult>[]> {
  const choices = new Choices(jobs, options.match, options.choices);
  const wanted = await choices.recall(jobs.map((job) => job.wanted));
  const found = await findParties(client, table, wanted, options.match);
  const decisions = decideAll(wanted, found.values(), options);
  const planned = await Promise.all(
    decisions.map((decision, index) =>
      settle(() => {
        const there = decision.found === 'several' ? undefined : found.get(decision.id);
        return planOf(table, jobs[index]?.row ?? {}, decision, { there, options });
      }),
    ),
  );
  const plans = planned.flatMap((plan, index): Placed[] =>
    plan.ok ? [{ plan: plan.value, place: jobs[index]?.place ?? index }] : [],
  );
  // What is made, and what is ours; and then what is somebody else's, and must still be there.
  const written = new Map([
    ...(await send(client, table, 'upsert', plans, options)),
    ...(await send(client, table, 'update', plans, options)),
  ]);
  for (const { plan, place } of plans) {
    if (!plan.write) noteUnchanged(client, { set: table.set, id: plan.id }, [place]);
  }
  const made = new Map([...written].map(([{ id }, outcome]) => [id, outcome]));
  const outcomes = planned.map((plan, index) => {
    if (!plan.ok) return plan;
    const { id, isNew } = plan.value;
    const outcome = written.get(plan.value) ?? (isNew ? made.get(id) : undefined);
    return resultOf(table, wanted[index] as Wanted, plan.value, outcome);
  });
  await choices.keep(wanted, outcomes);
  return outcomes;
}

/**
 * Finds for each customer of the shop the row that he is, and makes one where there is none: all items in one query and
 * one batch. Customers of one run who match each other become one row.
 *
 * A matcher with more rules takes the place of `decide.ts`; what stands around it only asks and writes.
 *
 * @returns one outcome for each, in their order. Rejects where the rows could not be read: whoever is missing then is
 * not known to be absent.
 */
export async function matchRows(
  client: Dataverse,
  table: PartyTable,
  writes: PartyWrite[],
  options: MatchOptions,
): Promise<Outcome<MatchResult>[]> {
  const prepared = await Promise.all(
    writes.map((write, place) =>
      settle((): Job => ({ ...write, wanted: wantedOf(table, write), place })),
    ),
  );
  const jobs = prepared.flatMap((job) => (job.ok ? [job.value] : []));
  // Another worker process of n8n may look for a customer at the same moment: a customer of the shop has the same key there,
  // and Dataverse makes no second row of a key; but a guest and a customer with the same e-mail address have two keys, and
  // become two rows where neither is there yet. The next order finds both, and the rule for several decides.
  const turns = jobs.flatMap(({ wanted: { email, key } }) => [key, ...(email ? [email] : [])]);
  const inScope = turns.map((turn) => `${client.root} ${table.set} ${turn}`);
  const outcomes = await inTurn(inScope, () => matchAll(client, table, jobs, options));
  const next = outcomes.values();
  return prepared.map((job) => (job.ok ? (next.next().value as Outcome<MatchResult>) : job));
}
