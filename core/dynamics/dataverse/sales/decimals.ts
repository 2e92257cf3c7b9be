import { minorUnits } from '../../../commerce/currencies';
import { sendAll } from '../../../odata/sendAll';
import type { Row } from '../../../odata/types';
import type { Outcome } from '../../../outcome';
import { listOperation, readPage } from '../operations';
import type { Dataverse } from '../types';
import type { LineRow, SalesRows } from './rows';
import type { SalesDocument } from './salesDocument';
import { storedLines } from './stored';

/** How many decimals Dynamics 365 keeps of amounts, where that is known (Dataverse docs: PrecisionSource of money). */
export interface Decimals {
  /** `currencyprecision` of the document's currency: of all amounts but prices of one piece. */
  currency?: number;
  /** `pricingdecimalprecision` of the organization: of prices of one piece. */
  price?: number;
}

const PRICE = 'priceperunit';

/** The decimals of each column. What is not known is as usual for the currency. */
export function decimalsOf(
  currency: string | undefined,
  { currency: ofCurrency, price }: Decimals = {},
): (column: string) => number {
  const usual = ofCurrency ?? minorUnits(currency);
  return (column) => (column === PRICE ? (price ?? usual) : usual);
}

function isNearby(wanted: unknown, stored: unknown): boolean {
  if (typeof wanted !== 'number' || typeof stored !== 'number') return false;
  return wanted !== stored && Math.abs(wanted - stored) < 1;
}

/** Whether a price stands otherwise than it is sent, though rounding could have made it so. */
function mayBeRounded({ lines: { key } }: SalesDocument, lines: LineRow[], stored: Row[]): boolean {
  const byId = new Map(stored.map((row) => [String(row[key]).toLowerCase(), row]));
  return lines.some(({ id, row }) => isNearby(row[PRICE], byId.get(id)?.[PRICE]));
}

/** Whether it matters for a document how many decimals a price of one piece has. */
export function isPricedOtherwise(
  kind: SalesDocument,
  { rows, stored = {} }: { rows: SalesRows; stored?: Row },
): boolean {
  return mayBeRounded(kind, rows.lines ?? [], storedLines(kind, stored));
}

/**
 * The decimals of prices of one piece; undefined: the application user may not read them, or there is no such row, which
 * keeps no order out. A failure that time heals is one: what is not known only now must not decide about an edit.
 */
export async function readPriceDecimals(client: Dataverse): Promise<Outcome<number | undefined>> {
  const column = 'pricingdecimalprecision';
  const [answer] = await sendAll(client, [listOperation('organizations', { select: [column] })]);
  if (answer?.ok === false && answer.error.retryable) return answer;
  const value = answer?.ok ? readPage(answer.value).rows[0]?.[column] : undefined;
  return { ok: true, value: typeof value === 'number' ? value : undefined };
}
