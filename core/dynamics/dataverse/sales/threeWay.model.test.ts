/** Any sequence of changes on both sides, of lost confirmations and of crashes, against a judge of one value at a time. */
import fc from 'fast-check';

import {
  laid,
  NEW_LINE,
  NEW_ORDER,
  OneMemory,
  OneOrder,
  type Weather,
} from '../../../../test/support/oneOrder';
import type { Row } from '../../../odata/types';
import type { ConflictRule } from '../../../sync/threeWay';
import { salesRows } from './rows';
import { lookUpSalesNames } from './lookups';
import { readSalesDocument } from './read';
import { sentDocument, type SentDocument } from './changes';
import { SALES_ORDER } from './salesOrder';
import { writeSalesDocuments } from './write';

const guid = (tail: string): string => `00000000-0000-4000-8000-0000000000${tail}`;
const ORDER = guid('01');
const LINES = ['a1', 'a2', 'a3'].map(guid);
const OWN_LINE = guid('b1');

// What a person writes is never what the shop says, so that each value tells whose it is.
const PERSON = {
  description: ['by hand', 'by hand again'],
  freightamount: [77, 78.5],
  willcall: [],
  _customerid_value: [guid('c8'), guid('c9')],
  quantity: [70, 71],
  priceperunit: [99.99, 98],
} as const;

type Shop = { header: Row; lines: Map<string, Row> };

type Step =
  | { by: 'shop'; change: (shop: Shop) => void; text: string }
  | { by: 'person'; change: (order: OneOrder) => void; text: string }
  | { by: 'send'; rule: ConflictRule; weather: Weather; confirms: boolean };

const column = (name: string, values: readonly unknown[]): fc.Arbitrary<[string, unknown]> =>
  fc.constantFrom(...values).map((value) => [name, value]);

const lineIn = fc.record({
  content: fc.constantFrom<Row>(
    { productnumber: 'SKU-1' },
    { productnumber: 'SKU-2' },
    { productdescription: 'Mug' },
  ),
  quantity: fc.constantFrom(1, 2),
  priceperunit: fc.constantFrom(5, 3.333, 3.337, '9.90'),
});

const shopStep: fc.Arbitrary<Step> = fc.oneof(
  fc
    .oneof(
      column('description', ['ring', 'knock', null]),
      column('freightamount', [4, 3.333, null]),
      column('willcall', [true, false]),
      column('buyer', ['contactid', 'accountid']),
    )
    .map(([name, value]): Step => ({
      by: 'shop',
      text: `${name} = ${String(value)}`,
      change: ({ header }) => void (header[name] = value),
    })),
  fc.tuple(fc.constantFrom(...LINES), fc.option(lineIn)).map(([id, line]): Step => ({
    by: 'shop',
    text: `line ${id.slice(-2)} = ${JSON.stringify(line)}`,
    change: ({ lines }) =>
      void (line ? lines.set(id, { ...line.content, ...line }) : lines.delete(id)),
  })),
);

const personStep: fc.Arbitrary<Step> = fc.oneof(
  fc
    .oneof(
      column('description', PERSON.description),
      column('freightamount', PERSON.freightamount),
      column('_customerid_value', PERSON._customerid_value),
    )
    .map(([name, value]): Step => ({
      by: 'person',
      text: `${name} = ${String(value)}`,
      change: (order) => void (order.header &&= { ...order.header, [name]: value }),
    })),
  fc
    .tuple(
      fc.constantFrom(...LINES),
      fc.oneof(column('quantity', PERSON.quantity), column('priceperunit', PERSON.priceperunit)),
    )
    .map(([id, [name, value]]): Step => ({
      by: 'person',
      text: `line ${id.slice(-2)}: ${name} = ${String(value)}`,
      change: ({ lines }) => {
        const line = lines.get(id);
        if (line) lines.set(id, { ...line, [name]: value });
      },
    })),
  fc.constantFrom(...LINES).map((id): Step => ({
    by: 'person',
    text: `deletes line ${id.slice(-2)}`,
    change: ({ lines }) => void lines.delete(id),
  })),
  fc.constant<Step>({
    by: 'person',
    text: 'adds a line',
    change: ({ header, lines }) => void (header && lines.set(OWN_LINE, { quantity: 1 })),
  }),
  fc.constant<Step>({
    by: 'person',
    text: 'deletes the order',
    change: (order) => {
      order.header = undefined;
      order.lines.clear();
    },
  }),
);

const sendStep: fc.Arbitrary<Step> = fc.record({
  by: fc.constant('send' as const),
  rule: fc.constantFrom<ConflictRule>('source', 'target', 'hold'),
  weather: fc.constantFrom<Weather>('fine', 'fine', 'lost', 'down'),
  confirms: fc.boolean(),
});

/** Shown by its words where a sequence fails. */
function told(step: Step): Step {
  const text =
    step.by === 'send'
      ? `send (${step.rule}, ${step.weather}${step.confirms ? '' : ', unconfirmed'})`
      : `${step.by}: ${step.text}`;
  return Object.assign(step, { [fc.toStringMethod]: () => text });
}

const sequences = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: shopStep },
      { weight: 2, arbitrary: personStep },
      { weight: 4, arbitrary: sendStep },
    ),
    { minLength: 3, maxLength: 14 },
  )
  .map((steps) => steps.map(told));

const read = (stored: Row | undefined, name: string): unknown => stored?.[name] ?? null;
/** A flag that nobody has sent is false. */
const same = (one: unknown, other: unknown): boolean => (one || null) === (other || null);

const isPersons = (name: string, value: unknown): boolean =>
  ((PERSON as Record<string, readonly unknown[]>)[name] ?? []).includes(value);

interface Versions {
  /** What was confirmed, else all that was tried, such as a line that only an attempt has: as it would be read. */
  bases: Array<Row | undefined>;
  all: Array<Row | undefined>;
}

class Judge {
  isHeld = false;

  constructor(
    readonly documents: { confirmed?: SentDocument; attempts: SentDocument[] },
    readonly rule: ConflictRule,
  ) {}

  versions(part: (document: SentDocument) => Row | undefined): Versions {
    const { confirmed, attempts } = this.documents;
    const stored = (one: SentDocument): Row | undefined => {
      const row = part(one);
      return row && laid({}, row);
    };
    const all = [...attempts, ...(confirmed ? [confirmed] : [])].map(stored);
    const base = confirmed && stored(confirmed);
    return { all, bases: base ? [base] : all };
  }

  /** Whether the shop wins a conflict. */
  private shopWins(): boolean {
    this.isHeld ||= this.rule === 'hold';
    return this.rule === 'source';
  }

  value(name: string, wanted: unknown, stored: unknown, { bases, all }: Versions): unknown {
    if (same(wanted, stored)) return stored;
    const isKnown = all.some((version) => version !== undefined);
    if (isKnown && !isPersons(name, stored)) return wanted;
    const isNew = !isKnown || bases.every((base) => !same(read(base, name), wanted));
    if (!isNew) return stored;
    return this.shopWins() ? wanted : stored;
  }

  columns(sent: Row, stored: Row, versions: Versions): Row {
    const wanted = laid({}, sent);
    const names = Object.keys(wanted);
    return Object.fromEntries(
      names.map((name) => [name, this.value(name, wanted[name], read(stored, name), versions)]),
    );
  }

  line(sent: Row | undefined, stored: Row | undefined, versions: Versions): Row | undefined {
    const { all, bases } = versions;
    if (sent && stored) {
      const columns = this.columns(sent, stored, versions);
      const isOther = ['_productid_value', 'isproductoverridden'].some(
        (name) => !same(read(laid({}, sent), name), read(stored, name)),
      );
      return { ...(isOther ? NEW_LINE : stored), ...columns };
    }
    if (sent) {
      const whole = laid(NEW_LINE, sent);
      if (all.some((version) => version === undefined)) return whole;
      const isNew = Object.entries(laid({}, sent)).some(([name, value]) =>
        bases.every((base) => !same(read(base, name), value)),
      );
      return isNew && this.shopWins() ? whole : undefined;
    }
    const isOurs = all.some((version) => version !== undefined);
    if (!stored || !isOurs) return stored;
    const isTouched = Object.entries(stored).some(([name, value]) => isPersons(name, value));
    return !isTouched || this.shopWins() ? undefined : stored;
  }
}

const lineOf = (id: string) => (document: SentDocument) => document.lines?.[id];

/** One shop, one order, one person, one ledger. */
class World {
  readonly order = new OneOrder(ORDER);
  readonly ledger = new OneMemory();
  readonly shop: Shop = {
    header: { description: 'ring', freightamount: 4, willcall: true, buyer: 'contactid' },
    lines: new Map([
      [LINES[0] ?? '', { productnumber: 'SKU-1', quantity: 1, priceperunit: 5 }],
      [LINES[1] ?? '', { productdescription: 'Mug', quantity: 2, priceperunit: 3.333 }],
    ]),
  };
  /** Lines that a person has taken out. */
  private readonly deleted = new Set<string>();

  private document(): Row {
    const { buyer, ...header } = this.shop.header;
    return {
      salesorderid: ORDER,
      name: 'Web 1',
      ...header,
      [String(buyer)]: buyer === 'contactid' ? guid('c1') : guid('c2'),
      order_details: [...this.shop.lines].map(([id, { content: _content, ...line }]) => ({
        salesorderdetailid: id,
        ...line,
      })),
    };
  }

  private async wanted(): Promise<SentDocument> {
    const plan = readSalesDocument(SALES_ORDER, this.document());
    const names = await lookUpSalesNames(this.order.client, [plan.names]);
    return sentDocument(salesRows(SALES_ORDER, plan, names, {}));
  }

  private stored() {
    return { header: this.order.header, lines: new Map(this.order.lines) };
  }

  private judged(wanted: SentDocument, judge: Judge) {
    const { header, lines: there } = this.stored();
    const ids = [...new Set([...there.keys(), ...Object.keys(wanted.lines ?? {})])];
    const lineIn = (id: string): Row | undefined => {
      const sent = wanted.lines?.[id];
      if (!header) return sent && laid(NEW_LINE, sent);
      const versions = judge.versions(lineOf(id));
      // Whatever was lost: where no person took it out, it is there again.
      if (sent && !there.has(id) && !this.deleted.has(id)) {
        expect(versions.all).toContain(undefined);
      }
      return judge.line(sent, there.get(id), versions);
    };
    const lines = ids.map((id): [string, Row | undefined] => [id, lineIn(id)]);
    const columns = header
      ? judge.columns(
          wanted.header,
          header,
          judge.versions((one) => one.header),
        )
      : laid(NEW_ORDER, wanted.header);
    return {
      header: { ...header, ...columns },
      lines: new Map(lines.filter((entry): entry is [string, Row] => entry[1] !== undefined)),
    };
  }

  private async send({ rule, weather, confirms }: Step & { by: 'send' }): Promise<void> {
    const { memory } = this.ledger;
    const documents = { attempts: [], ...memory } as ConstructorParameters<typeof Judge>[0];
    const isLast = documents.attempts.length > 2;
    const before = this.stored();
    const judge = new Judge(documents, rule);
    const after = this.judged(await this.wanted(), judge);
    this.order.weatherIs(isLast ? 'fine' : weather);
    this.ledger.confirms = confirms || isLast;
    const [outcome] = await writeSalesDocuments(this.order.client, SALES_ORDER, [this.document()], {
      memory: this.ledger,
      conflicts: { rule },
    });
    const isWritten = !judge.isHeld && this.order.weather !== 'down';
    expect(shown(this.stored())).toEqual(shown(isWritten ? after : before));
    if (judge.isHeld) {
      expect(outcome).toMatchObject({ ok: false, error: { class: 'held' } });
      expect(this.ledger.memory).toEqual(memory);
    } else if (this.order.weather === 'fine') expect(outcome).toMatchObject({ ok: true });
    for (const id of this.deleted) {
      const isBack = this.order.lines.has(id) || !this.shop.lines.has(id);
      if (isWritten && isBack) this.deleted.delete(id);
    }
  }

  async take(step: Step): Promise<void> {
    if (step.by === 'shop') step.change(this.shop);
    else if (step.by === 'send') await this.send(step);
    else {
      const { lines } = this.stored();
      step.change(this.order);
      if (!this.order.header) this.deleted.clear();
      else for (const id of lines.keys()) if (!this.order.lines.has(id)) this.deleted.add(id);
    }
  }
}

/** Without what means the same. */
const shown = ({ header = {}, lines }: { header?: Row; lines: Map<string, Row> }) => {
  const plain = (row: Row) =>
    Object.fromEntries(
      Object.entries(row).filter(([, value]) => value !== null && value !== false),
    );
  return { header: plain(header), lines: new Map([...lines].map(([id, row]) => [id, plain(row)])) };
};

test('each value is what the last word on it makes it', async () => {
  await fc.assert(
    fc.asyncProperty(sequences, async (steps) => {
      const world = new World();
      for (const step of steps) await world.take(step);
    }),
    { numRuns: 500 },
  );
});
