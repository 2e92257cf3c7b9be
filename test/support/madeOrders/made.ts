/**
 * Orders as the APIs of the shops send them, made at random from their parts in whole minor units: what they must come to
 * is known before anything of the pack has seen them.
 */
import fc from 'fast-check';

/** What an order must become, in the words of the common order. */
export interface Wanted {
  currency: string;
  /** Decimals of the currency. */
  digits: number;
  total: number;
  /** On top of the prices; undefined: rounded together with all else, so that no part of it is certain. */
  tax?: number;
  includedTax?: number;
  /** Undefined: a guest. */
  customerId: string | undefined;
  email: string | undefined;
  /** Of each line, as plain text; undefined: it has none. */
  names: Array<string | undefined>;
  skus: Array<string | undefined>;
  trackingNumbers: readonly string[];
  /** Undefined: the orders of the shop name none. */
  couponCodes?: string[];
  /** Ids, where the orders of the shop list their deliveries. */
  shipments?: string[];
  /** Undefined: the order says nothing of its payments. */
  refunded: number | undefined;
}

export interface MadeOrder {
  /** As the client of the store gives it, behind the schema of the wire. */
  document: object;
  wanted: Wanted;
  /** Amounts in minor units by which the total may differ and still be read, if in another way; undefined: none is certain. */
  otherwiseRead?: number[];
}

/** How one shop writes its orders. */
export interface OrderMaker {
  name: string;
  /** In the names of presets and documents. */
  platform: string;
  /** Where the order says what it comes to. */
  total: string;
  orders: fc.Arbitrary<MadeOrder>;
}

/** Amounts are made in minor units, so that nothing here calculates with decimals. */
export const cents = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });
export const dollars = (amount: number): number => Number((amount / 100).toFixed(2));
export const sum = (amounts: readonly number[]): number =>
  amounts.reduce((one, other) => one + other, 0);

export const missing = fc.constantFrom(undefined, null);
export const orMissing = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: value }, missing);

/** What a shop may write for an empty text. */
export const blank = fc.constantFrom('', null, undefined);
export const orBlank = <T>(...texts: T[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...texts) }, blank);

/** What a shop writes of a line, and the text that a person reads there. */
export const lineName = fc.constantFrom<{ written: string | null | undefined; read?: string }>(
  { written: 'Mug', read: 'Mug' },
  { written: ' Mug, 5 < 6 ', read: 'Mug, 5 < 6' },
  { written: 'T-shirt<br><b>Size:</b>&nbsp;M', read: 'T-shirt, Size: M' },
  { written: '<p>5 &lt; 6 &amp; more</p>', read: '5 < 6 & more' },
  { written: '<br>' },
  { written: '' },
  { written: null },
  { written: undefined },
);

/** A text with blanks around it, as people type it. */
export const lineSku = orBlank('TS-M', ' MUG ', '0');

/** As e-mail addresses are kept: without blanks, in small letters. */
export const addressRead = (email: string | null | undefined): string | undefined =>
  email?.trim().toLowerCase() || undefined;

export const buyersEmail = orBlank('ada@example.com', 'ADA@example.com ');

/** Of a list that the order may lack: what it says of movements of money. */
export interface Movement<Written> {
  written: Written;
  /** In minor units; 0 of what gives nothing back, or has not. */
  refunded: number;
}

export const refundedOf = (movements: ReadonlyArray<Movement<unknown>>): number =>
  sum(movements.map(({ refunded }) => refunded));
