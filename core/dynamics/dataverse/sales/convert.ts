import type { ServiceError } from '../../../errors';
import { listIn } from '../../../odata/listIn';
import { isRow } from '../../../odata/answers';
import type { BatchAnswer, BatchOutcome, Row } from '../../../odata/types';
import type { Outcome } from '../../../outcome';
import { callActions } from '../actions/call';
import type { Dataverse } from '../types';
import { type Made, made, madeBefore, madeBy, toldColumns } from './made';
import { type Deed, doOnce, type OnceOptions } from './once';
import { closedOtherwise, notYet } from './refusals';
import type { Conversion, SalesDocument } from './salesDocument';

export type Convertible = SalesDocument & Required<Pick<SalesDocument, 'conversion'>>;

export interface ToConvert {
  id: string;
  /** Further parameters of the action. */
  parameters?: Row;
  places?: number[];
}

interface Seen {
  state: number;
  /** What has been made of it, the latest first. */
  made: Row[];
}

const WHEN_CONVERTED = 'When Already Converted';

class Converter implements Deed<ToConvert, Seen, Made> {
  /** The service makes another document each time. */
  readonly looksFirst = true;
  readonly conversion: Conversion;

  constructor(
    readonly client: Dataverse,
    readonly kind: Convertible,
    readonly options: OnceOptions,
  ) {
    this.conversion = kind.conversion;
  }

  async look(ids: string[]): Promise<Map<string, Seen>> {
    const { set, key } = this.kind;
    const { property, target } = this.conversion;
    const [rows = []] = await listIn(this.client, [
      {
        set,
        column: key,
        values: ids,
        select: [key, 'statecode'],
        expand: [{ property, select: [...toldColumns(target), 'createdon'] }],
      },
    ]);
    return new Map(
      rows.map((row) => [
        String(row[key]).toLowerCase(),
        { state: Number(row['statecode']), made: latestFirst(row[property]) },
      ]),
    );
  }

  fateOf({ id }: ToConvert, seen: Seen | undefined): Outcome<Made> | undefined {
    const { kind, conversion, options } = this;
    if (!seen) {
      const value: Made = { source: id, outcome: 'skipped', row: {} };
      return options.whenNotFound === 'skip' ? { ok: true, value } : undefined;
    }
    const [latest] = seen.made;
    if (!latest) return undefined;
    const found = made(conversion.target, id, latest, 'unchanged');
    return options.whenDone === 'skip' && found
      ? { ok: true, value: found }
      : { ok: false, error: madeBefore(kind, conversion.target, latest, WHEN_CONVERTED) };
  }

  async send(documents: ToConvert[]): Promise<BatchOutcome[]> {
    const { action, parameter, target } = this.conversion;
    return await callActions(
      this.client,
      { ...action, set: this.kind.set },
      documents.map(({ id, parameters, places }) => ({
        parameters: {
          [parameter]: id,
          ColumnSet: { AllColumns: false, Columns: toldColumns(target) },
          ...parameters,
        },
        headers: this.options.headers,
        places,
      })),
    );
  }

  done({ id }: ToConvert, answer: BatchAnswer): Made | undefined {
    return madeBy(this.conversion.target, id, answer);
  }

  turnedOut({ id }: ToConvert, seen: Seen | undefined): Made | undefined {
    const [latest] = seen?.made ?? [];
    return latest && made(this.conversion.target, id, latest, 'created');
  }

  whyRefused(_document: ToConvert, seen: Seen | undefined): ServiceError | undefined {
    const { kind, conversion } = this;
    if (!seen || conversion.from.includes(seen.state)) return undefined;
    const isBefore = conversion.notYet !== undefined && kind.editable.includes(seen.state);
    return isBefore
      ? notYet(kind, seen.state, conversion.notYet ?? '')
      : closedOtherwise(kind, seen.state);
  }
}

function latestFirst(rows: unknown): Row[] {
  const list = Array.isArray(rows) ? rows.filter(isRow) : [];
  const when = ({ createdon }: Row): string => String(createdon ?? '');
  return list.sort((one, other) => when(other).localeCompare(when(one)));
}

/**
 * Makes of each document the next one, such as the invoice of an order, once in effect: the service makes another one
 * each time that it is asked, so what has been made is looked for before, all in one request, and after an answer that
 * was lost. Only two who convert the same document at the same moment can make two.
 *
 * @returns one outcome for each, in their order
 */
export async function convertDocuments(
  client: Dataverse,
  kind: Convertible,
  documents: ToConvert[],
  options: OnceOptions = {},
): Promise<Outcome<Made>[]> {
  return await doOnce(new Converter(client, kind, options), documents);
}
