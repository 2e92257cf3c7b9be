import { ServiceError } from '../../core/errors';
import type {
  BatchAnswer,
  BatchOperation,
  BatchOutcome,
  Row,
  SingleOperation,
} from '../../core/odata/types';
import { DATAVERSE } from '../../core/dynamics/dataverse/service';
import type { Dataverse } from '../../core/dynamics/dataverse/types';
import { keptForm } from '../../core/sync/kept';
import type { Memory, SentMemory } from '../../core/sync/memory';

/**
 * One sales order as Dataverse keeps it, in memory, for sequences of many writes: amounts are rounded, flags that nobody
 * sent are false, a lookup has one value whichever binding wrote it.
 */

const PRODUCTS = ['1', '2'].map((digit) => ({
  productid: `${digit.repeat(8)}-0000-4000-8000-00000000aaaa`,
  productnumber: `SKU-${digit}`,
  _defaultuomid_value: `${digit.repeat(8)}-0000-4000-8000-00000000bbbb`,
  statecode: 0,
}));

const AMOUNTS = ['freightamount', 'priceperunit'];
const LOOKUPS: Readonly<Record<string, string>> = {
  customerid_account: 'customerid',
  customerid_contact: 'customerid',
  productid: 'productid',
  uomid: 'uomid',
};

/** Half of a cent goes up, as the binary fractions of these few amounts allow to say. */
const rounded = (value: number): number => Math.round(value * 100) / 100;

function kept(column: string, value: unknown): unknown {
  if (value === '') return null;
  return AMOUNTS.includes(column) && typeof value === 'number' ? rounded(value) : value;
}

/** The row with what a write says, as it is read afterwards. */
export function laid(row: Row, written: Row): Row {
  const result = { ...row };
  for (const [key, value] of Object.entries(written)) {
    const [name = key, annotation] = key.split('@');
    const lookup = annotation === undefined ? undefined : LOOKUPS[name];
    if (lookup) result[`_${lookup}_value`] = /\((.+)\)/.exec(String(value))?.[1] ?? null;
    else result[key] = kept(key, value);
  }
  return result;
}

/** What is read of a row of which nothing was sent: null stands for whatever is not set. */
export const NEW_LINE: Row = {
  isproductoverridden: false,
  ispriceoverridden: false,
  _productid_value: null,
  _uomid_value: null,
};
export const NEW_ORDER: Row = { statecode: 0, willcall: false, _customerid_value: null };

const transient = (): BatchOutcome => ({
  ok: false,
  error: new ServiceError('No answer', { class: 'transient' }),
});
const refused = (status: number, errorClass: 'duplicate' | 'not-found'): BatchOutcome => ({
  ok: false,
  error: new ServiceError('Refused', { class: errorClass, status }),
});
const answered = (body?: unknown): BatchOutcome => ({
  ok: true,
  value: { status: body ? 200 : 204, headers: {}, body } as BatchAnswer,
});

/** What becomes of writes: they go; each first answer is lost; none is carried out. */
export type Weather = 'fine' | 'lost' | 'down';

export class OneOrder {
  weather: Weather = 'fine';
  readonly products = structuredClone(PRODUCTS);
  header?: Row;
  lines = new Map<string, Row>();
  private losses = 0;

  constructor(readonly id: string) {}

  get client(): Dataverse {
    return {
      service: DATAVERSE,
      root: 'https://one.example/',
      request: async (operation: SingleOperation) => {
        const answer = this.answer(operation);
        if (answer.ok) return answer.value;
        throw answer.error;
      },
      batch: async (operations: BatchOperation[]) => operations.map((one) => this.answer(one)),
    } as unknown as Dataverse;
  }

  weatherIs(weather: Weather): void {
    this.weather = weather;
    this.losses = weather === 'lost' ? 1 : 0;
  }

  private answer(operation: BatchOperation): BatchOutcome {
    const members = 'changeSet' in operation ? operation.changeSet : [operation];
    const [first] = members;
    if (first?.method === 'GET') return this.read(first.path);
    if (this.weather === 'down') return transient();
    const before = { header: this.header, lines: new Map(this.lines) };
    for (const member of members) {
      const answer = this.write(member);
      if (answer.ok) continue;
      Object.assign(this, before);
      return answer;
    }
    this.losses -= 1;
    return this.losses >= 0 ? transient() : answered();
  }

  private read(path: string): BatchOutcome {
    if (path.startsWith('products?')) return answered({ value: this.products });
    if (path.startsWith('salesorders?'))
      return answered({ value: this.header ? [this.row()] : [] });
    if (path.startsWith('salesorders(')) {
      return this.header ? answered(this.row()) : refused(404, 'not-found');
    }
    return answered({ value: [] });
  }

  private row(): Row {
    const lines = [...this.lines].map(([salesorderdetailid, row]) => ({
      ...row,
      salesorderdetailid,
    }));
    return { ...this.header, salesorderid: this.id, order_details: lines };
  }

  private write({ method, path, body }: SingleOperation): BatchOutcome {
    const isLine = path.startsWith('salesorderdetails');
    const id = /\((.+)\)/.exec(path)?.[1] ?? '';
    if (method === 'POST') return isLine ? this.addLine(body as Row) : this.create(body as Row);
    const row = isLine ? this.lines.get(id) : this.header;
    if (!row) return refused(404, 'not-found');
    if (method === 'DELETE') this.lines.delete(id);
    else if (isLine) this.lines.set(id, laid(row, body as Row));
    else this.header = laid(row, body as Row);
    return answered();
  }

  private create(row: Row): BatchOutcome {
    if (this.header) return refused(412, 'duplicate');
    const { salesorderid, order_details: lines = [], ...header } = row;
    this.header = laid(NEW_ORDER, header);
    this.lines.clear();
    for (const line of lines as Row[]) this.addLine(line);
    return answered({ salesorderid });
  }

  private addLine(row: Row): BatchOutcome {
    const { salesorderdetailid, 'salesorderid@odata.bind': _order, ...columns } = row;
    const id = String(salesorderdetailid);
    if (this.lines.has(id)) return refused(412, 'duplicate');
    this.lines.set(id, laid(NEW_LINE, columns));
    return answered();
  }
}

/** What was sent to that one order, as the ledger keeps it. */
export class OneMemory implements SentMemory {
  memory?: Memory;
  /** Whether the run lives long enough to say that what it sent was carried out. */
  confirms = true;

  async recall(): Promise<(Memory | undefined)[]> {
    return [this.memory];
  }

  async remember([entry]: { document: object }[]): Promise<void> {
    if (!entry) return;
    const document = JSON.parse(JSON.stringify(keptForm(entry.document))) as object;
    const { confirmed, attempts = [] } = this.memory ?? {};
    const isSame = (other?: object) => JSON.stringify(other) === JSON.stringify(document);
    if (isSame(attempts.at(-1) ?? confirmed)) return;
    const others = attempts.filter((other) => !isSame(other));
    this.memory = { ...(confirmed && { confirmed }), attempts: [...others, document].slice(-4) };
  }

  async confirm(): Promise<void> {
    if (!this.confirms || !this.memory) return;
    const { confirmed, attempts } = this.memory;
    const last = attempts.at(-1) ?? confirmed;
    this.memory = { ...(last && { confirmed: last }), attempts: [] };
  }
}
