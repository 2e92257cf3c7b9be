import type { FieldRule, TransformCall } from '../mapping/spec';

/** Text that is good to have: a record is never stopped by it. */
export function ornament(to: string, from: string): FieldRule {
  return { to, from, transforms: ['trim'], otherwise: 'omit' };
}

/** The same, with its blanks as they are. */
export function text(to: string, from: string): FieldRule {
  return { to, from, transforms: ['text'], otherwise: 'omit' };
}

/** By which other records are known: one that cannot be read stops the record. */
export function key(to: string, from: string): FieldRule {
  return { to, from, transforms: ['text'] };
}

export function number(to: string, from: string): FieldRule {
  return { to, from, transforms: ['number'] };
}

export function moment(to: string, from: string): FieldRule {
  return { to, from, transforms: ['dateTime'], otherwise: 'omit' };
}

export function flag(to: string, from: string): FieldRule {
  return { to, from, transforms: ['boolean'], otherwise: 'omit' };
}

export function email(from: string): FieldRule {
  return { to: 'email', from, transforms: ['trim', 'lower'], otherwise: 'omit' };
}

export function currency(from: string): FieldRule {
  return { to: 'currency', from, transforms: ['currency'] };
}

export function needed(rule: FieldRule): FieldRule {
  return { ...rule, required: true };
}

/** One line of a street that the shop writes as a single text. */
export function streetLine(number: number, from: string): FieldRule {
  return {
    to: `line${number}`,
    from,
    transforms: [{ type: 'line', number, of: 3 }],
    otherwise: 'omit',
  };
}

export function country(from: string): FieldRule {
  return { to: 'country', from, transforms: ['country'], otherwise: 'keep' };
}

/** @param countryFrom where the country stands that a number without its code is of */
export function phone(from: string, countryFrom: string): FieldRule {
  return {
    to: 'phone',
    from,
    transforms: [{ type: 'phone', country: { from: countryFrom } }],
    otherwise: 'keep',
  };
}

/** Names in fields of their own. */
export function names(first: string, last: string): FieldRule[] {
  return [ornament('firstName', first), ornament('lastName', last)];
}

/** Of a single movement of money. */
export function money(to: string, from: string, currencyFrom: string): FieldRule {
  const rounded: TransformCall = { type: 'money', currency: { from: currencyFrom } };
  return { to, from, transforms: [rounded] };
}

/** Which record of the shop the document is made of. */
export function recordOf(platform: string, id: string): FieldRule[] {
  return [
    { to: 'source.platform', value: platform },
    { to: 'source.store', from: '@source.store', required: true },
    needed(key('source.id', id)),
  ];
}

/** The same of what may stand alone, without the source that a trigger adds. */
export function partOf(platform: string, id: string): FieldRule[] {
  return [
    { to: 'source.platform', value: platform },
    { to: 'source.store', from: '@source.store' },
    key('source.id', id),
  ];
}
