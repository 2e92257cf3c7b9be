import { uniq } from 'lodash';

import type { DryRun } from '../../dryRun';
import { ServiceError } from '../../errors';
import { type Outcome, settle } from '../../outcome';
import { isRow } from '../answers';
import { isChangeSet } from '../batch-parts';
import type { BatchAnswer, BatchOperation, BatchOutcome, Row, SingleOperation } from '../types';
import { act, missing, type Noted, type Scene } from './acts';
import { call } from './calls';
import { navigationOf, pointedTables } from './columns';
import { type Address, addressIn, type Intent, intentOf } from './intent';
import { PlannedRows } from './plannedRows';
import type { Reader, RehearsalRules } from './rules';
import { seen } from './seen';
import { readAll, Standing, textOf, type Wanted, wantedBy } from './standing';

/** A request, and what it asks for. */
interface Request {
  operation: SingleOperation;
  intent: Intent;
}

const NUMBERED = /^\/?\$(\d+)/;

/** A member of a change set may name a row by the number of an earlier member, which has made it. */
function resolved(operation: SingleOperation, made: ReadonlyMap<number, Address>): SingleOperation {
  const named = (text: string): string =>
    text.replace(NUMBERED, (whole, number: string) => {
      const at = made.get(Number(number));
      return at ? `${whole.startsWith('/') ? '/' : ''}${textOf(at)}` : whole;
    });
  const { body } = operation;
  if (!isRow(body)) return { ...operation, path: named(operation.path) };
  const columns = Object.entries(body).map(([name, value]) => [
    name,
    name.includes('@odata.') && typeof value === 'string' ? named(value) : value,
  ]);
  return { ...operation, path: named(operation.path), body: Object.fromEntries(columns) as Row };
}

/** The row that an answer says was written. */
function writtenAt({ headers }: BatchAnswer, root: string): Address | undefined {
  const { 'odata-entityid': address } = headers;
  return address === undefined ? undefined : addressIn(address, root);
}

const NO_ANSWER = new ServiceError('The service did not answer.', { class: 'transient' });

/** Carries out requests on what stands and on what is planned, in place of the service. */
class Rehearsal {
  private readonly planned = new PlannedRows();
  /** Sets of tables, by what annotations call the tables; undefined where that could not be read. */
  private readonly sets = new Map<string, string>();

  constructor(
    private readonly reader: Reader,
    private readonly rules: RehearsalRules,
    private readonly dryRun: DryRun,
  ) {}

  async request(operation: SingleOperation): Promise<BatchAnswer> {
    const [outcome] = await this.batch([operation]);
    if (outcome?.ok) return outcome.value;
    throw outcome?.error ?? NO_ANSWER;
  }

  async batch(operations: BatchOperation[]): Promise<BatchOutcome[]> {
    const { reader, rules } = this;
    const singles = operations.filter((one): one is SingleOperation => !isChangeSet(one));
    const reads = singles.filter(({ method }) => method === 'GET');
    const standing = new Standing(reader, rules);
    await standing.learn(operations.flatMap((one) => this.wanted(one)));
    await this.learnSets(operations, standing);
    const answers = (await readAll(reader, reads)).values();
    const outcomes: BatchOutcome[] = [];
    for (const operation of operations) {
      if (isChangeSet(operation)) {
        outcomes.push(await this.together(operation.changeSet, standing));
      } else if (operation.method === 'GET') {
        const answer = answers.next().value ?? { ok: false, error: NO_ANSWER };
        outcomes.push(this.seen(operation, answer, standing));
      } else {
        outcomes.push(await this.alone(operation, standing));
      }
    }
    return outcomes;
  }

  private requestOf(operation: SingleOperation): Request {
    return { operation, intent: intentOf(operation, this.reader.root) };
  }

  private wanted(operation: BatchOperation): Wanted[] {
    const { rules, reader } = this;
    const members = isChangeSet(operation) ? operation.changeSet : [operation];
    return members
      .filter(({ path }) => !NUMBERED.test(path))
      .map((one) => this.requestOf(one))
      .flatMap(({ operation: one, intent }) => [
        ...wantedBy(one, intent, { rules, root: reader.root }),
        ...pairOf(one, intent),
      ])
      .filter(({ at }) => !NUMBERED.test(at.set) && this.planned.at(at)?.state !== 'made');
  }

  /** Which sets the rows are in that lookups point to now: asked once for each table, and only where it is to be told. */
  private async learnSets(operations: BatchOperation[], standing: Standing): Promise<void> {
    const { reader, rules, sets } = this;
    const tables = operations
      .flatMap((one) => (isChangeSet(one) ? one.changeSet : [one]))
      .flatMap((operation) => this.tablesBehind(operation, standing));
    const unknown = uniq(tables).filter((table) => !sets.has(table));
    if (!rules.setsOf || unknown.length === 0) return;
    const found = await settle(async () => await rules.setsOf?.(reader, unknown));
    for (const table of unknown) sets.set(table, (found.ok && found.value?.get(table)) || table);
  }

  private tablesBehind(operation: SingleOperation, standing: Standing): string[] {
    const { intent } = this.requestOf(operation);
    if (intent.kind === 'read' || intent.kind === 'call') return [];
    const row = standing.of(intent.at);
    if (!row?.ok) return [];
    const { body } = operation;
    const bound = isRow(body) ? Object.keys(body).flatMap((name) => navigationOf(name) ?? []) : [];
    const linked = 'navigation' in intent ? [intent.navigation] : [];
    return pointedTables([...bound, ...linked], row.value, this.rules);
  }

  private scene(standing: Standing, planned: PlannedRows, note: (write: Noted) => void): Scene {
    const { reader, rules } = this;
    const { service, root } = reader;
    return { service, root, rules, sets: this.sets, standing, planned, note };
  }

  private note(write: Noted, places: number[] | undefined): void {
    this.dryRun.note({ ...write, system: this.reader.service.words.name }, places);
  }

  private seen(
    operation: SingleOperation,
    answer: Outcome<BatchAnswer>,
    standing: Standing,
  ): BatchOutcome {
    const { root } = this.reader;
    const scene = this.scene(standing, this.planned, () => {});
    return seen(operation, answer, this.planned, { root, missing: () => missing(scene) });
  }

  private async carryOut(
    operation: SingleOperation,
    standing: Standing,
    planned: PlannedRows,
    note: (write: Noted) => void,
  ): Promise<BatchAnswer> {
    const { intent } = this.requestOf(operation);
    const scene = this.scene(standing, planned, note);
    if (intent.kind === 'read') throw NO_ANSWER;
    return intent.kind === 'call'
      ? await call(scene, operation, intent)
      : act(scene, operation, intent);
  }

  private async alone(operation: SingleOperation, standing: Standing): Promise<BatchOutcome> {
    const notes: Noted[] = [];
    const outcome = await settle(
      async () =>
        await this.carryOut(operation, standing, this.planned, (write) => notes.push(write)),
    );
    for (const write of notes) this.note(write, operation.places);
    return outcome;
  }

  /** All or none: what one of them is refused for, nothing is planned. */
  private async together(members: SingleOperation[], standing: Standing): Promise<BatchOutcome> {
    const planned = this.planned.copy();
    const notes: [Noted, SingleOperation][] = [];
    const made = new Map<number, Address>();
    const answers: Outcome<BatchAnswer>[] = [];
    for (const [place, member] of members.entries()) {
      const operation = resolved(member, made);
      const outcome = await settle(
        async () =>
          await this.carryOut(operation, standing, planned, (write) =>
            notes.push([write, operation]),
          ),
      );
      if (!outcome.ok) {
        return { ...outcome, members: members.map(() => outcome), failedMember: place };
      }
      const at = writtenAt(outcome.value, this.reader.root);
      if (at) made.set(place + 1, at);
      answers.push(outcome);
    }
    this.planned.take(planned);
    for (const [write, { places }] of notes) this.note(write, places);
    return { ok: true, value: { status: 200, headers: {}, body: undefined }, members: answers };
  }
}

/** Whether rows are associated is told by the references behind the collection. */
function pairOf({ method }: SingleOperation, intent: Intent): Wanted[] {
  if (intent.kind !== 'link' && intent.kind !== 'unlink') return [];
  if (method === 'PUT' || intent.to === undefined) return [];
  return [{ at: { set: `${textOf(intent.at)}/${intent.navigation}/$ref` } }];
}

/**
 * Sends reads as they are. In place of a write it reads what stands there, together for all writes of a batch, notes what
 * would become of it, and answers as the service would; what is read by a key afterwards stands as it was planned.
 */
export function rehearsed(
  reader: Reader,
  rules: RehearsalRules,
  dryRun: DryRun,
): Pick<Reader, 'request' | 'batch'> {
  const rehearsal = new Rehearsal(reader, rules, dryRun);
  return {
    request: async (operation) => await rehearsal.request(operation),
    batch: async (operations) => await rehearsal.batch(operations),
  };
}
